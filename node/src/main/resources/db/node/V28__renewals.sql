-- Renewals of a non-disclosure, on both sides. What is asked for is sealed like a draft until it is
-- approved; then it lives in an encrypted part alone.
create table renewals (
    -- Also the id of the message.
    id           uuid primary key,
    -- The notice, or the case.
    subject      uuid        not null,
    state        text        not null check (state in ('asked', 'renewed', 'refused')),
    -- The end that it takes the place of.
    former_until timestamptz not null,
    until        timestamptz not null,
    role         text        not null,
    asked_at     timestamptz not null,
    asked_by     uuid references accounts,
    draft        bytea,
    draft_seed   bytea,
    message      bigint references messages,
    -- Of the part with the reason.
    leaf         bytea,
    check ((state = 'asked') = (message is null)),
    check ((message is null) = (leaf is null)),
    check ((draft is null) = (draft_seed is null))
);
create index on renewals (subject);
-- One waits or counts.
create unique index on renewals (subject) where state <> 'refused';

create table renewal_approvals (
    renewal     uuid not null references renewals on delete cascade,
    account     uuid not null references accounts,
    approved_at timestamptz not null,
    primary key (renewal, account)
);

-- Messages about a notice that the other side refused, while the notice itself stays.
create table refused_messages (
    -- The refusal.
    message bigint primary key references messages,
    channel integer     not null references channels,
    subject uuid        not null,
    -- Id and kind of the message that is refused.
    refused uuid        not null,
    kind    text        not null,
    leaf    bytea       not null,
    at      timestamptz not null
);
create index on refused_messages (subject);
create trigger refused_messages_only_grows before update or delete or truncate on refused_messages for each statement
    execute function refuse_change();

-- Withdrawals that wait for the signature of an approver whose key is on no node; sealed like drafts.
create table withdrawal_drafts (
    notice     uuid        primary key references notices,
    -- Of the message that it becomes.
    id         uuid        not null unique,
    draft      bytea       not null,
    draft_seed bytea       not null,
    drafted_at timestamptz not null
);

-- Of an order that two have approved and that waits for such a signature: of its parts' salts.
alter table access_drafts add column draft_seed bytea;

-- When a lost database came back without decisions that may have waited for a second reviewer.
alter table cases add column recovered_at timestamptz;

-- Scorecards ask for a few columns of many messages, whose rows are wide: these indexes have them.
drop index messages_channel_about_idx;
create index on messages (channel, about, kind, direction) include (id, recorded_at);
create index on messages (id) include (direction, seq, sent_at, recorded_at);
-- The newest earlier notice with the same mark is the first row that is found, without a sort.
drop index item_marks_channel_mark_seq_idx;
create index on item_marks (channel, mark, seq desc, no);
