-- erasures ---------------------------------------------------------------------------------------

-- Parts that a message of either side erased. Their keys are destroyed after it is recorded.
create table erased_parts (
    channel      integer     not null references channels,
    leaf         bytea       not null,
    message      bigint      not null references messages,
    recorded_at  timestamptz not null,
    destroyed_at timestamptz,
    primary key (channel, leaf)
);
create index on erased_parts (recorded_at) where destroyed_at is null;

-- What a kept signature says of its item is emptied with it.
alter table signatures add column emptied_at timestamptz;

-- Drafts that were sent or discarded: their keys are destroyed after it is recorded.
create table ended_drafts (
    draft    uuid primary key,
    ended_at timestamptz not null
);

-- Drafts and forms are kept encrypted, each with a key of its own that no backup contains. Those that
-- were begun before cannot be encrypted here: they end.
delete from draft_items;
delete from draft_files;
delete from notice_forms;
update notices set state = 'withdrawn', draft = null, draft_seed = null where state = 'draft';

alter table notices alter column draft type bytea using null;
alter table draft_items alter column item type bytea using null;
alter table notice_forms alter column answers drop default;
alter table notice_forms alter column answers type bytea using null;
alter table notice_form_items drop column url;
alter table notice_form_items alter column item type bytea using null;
