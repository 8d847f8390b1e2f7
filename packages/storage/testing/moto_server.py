"""moto's S3 server with a versioned bucket that already holds many empty objects.

Usage: moto_server.py BUCKET PREFIX COUNT

Objects are put in from within, since 5,000 requests would take half a minute.
Prints the address and serves until it is killed.
"""

import io
import sys
import threading

from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from werkzeug.serving import make_server
from moto.server import DomainDispatcherApplication, create_backend_app

bucket, prefix, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
backend = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
backend.create_bucket(bucket, "us-east-1")
backend.put_bucket_versioning(bucket, "Enabled")
for number in range(count):
    backend.put_object(bucket, f"{prefix}{number:05d}", b"")

moto = DomainDispatcherApplication(create_backend_app)
one_at_a_time = threading.Lock()


def application(environ, start_response):
    """moto, with requests that take effect one after the other.

    S3 decides on a condition and writes in one step; moto lets another request
    in between. The body is read outside the lock, for a client may stall.
    """
    if environ.get("wsgi.input_terminated"):
        body = environ["wsgi.input"].read()
    else:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    with one_at_a_time:
        return moto(environ, start_response)


server = make_server("127.0.0.1", 0, application, threaded=True)
print(f"http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
