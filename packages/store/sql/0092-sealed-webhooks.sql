-- Secrets of webhooks are sealed as other secrets are. Those from before are plain until a server has sealed them.

alter table trigger_webhook alter column secret drop not null;
alter table trigger_webhook add column key_id text;
alter table trigger_webhook add column sealed text;
alter table trigger_webhook add constraint trigger_webhook_one_form
  check ((secret is null) = (sealed is not null) and (sealed is null) = (key_id is null));
create index trigger_webhook_plain on trigger_webhook (trigger_id) where secret is not null;
