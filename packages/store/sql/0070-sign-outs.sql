-- Sign-ins of browsers that were ended before their time. A sign-in itself is a signed
-- cookie that nobody keeps; only what is no longer good has to be known.

create table sign_out (
  id uuid primary key,
  -- When the cookie would have ended by itself: the row is of no use behind that.
  expires_at timestamptz not null
);
create index sign_out_expires on sign_out (expires_at);
