-- Group chats (企业微信, 钉钉, 飞书) into which the portal writes. Whoever has the address may write there, so it is sealed like the secret.
create table robot (
  id uuid primary key,
  kind text not null check (kind in ('wecom', 'dingtalk', 'feishu')),
  name text not null,
  address text not null,
  secret text,
  language text not null check (language in ('zh-CN', 'en')),
  active boolean not null,
  revision integer not null,
  -- when a message was last taken; null: never
  told_at timestamptz,
  -- what the last message failed with; null: it was taken
  failure text,
  failed_at timestamptz,
  -- the last message, where the demo kept it instead of sending it
  caught text,
  created_at timestamptz not null
);
