-- Kernels that are kept are looked for by those who keep the server running.
create index attempt_kernel_kept on attempt (kernel_until) where kernel_until is not null;
