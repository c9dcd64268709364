-- second review ----------------------------------------------------------------------------------

-- Decisions that wait for a second reviewer, or were sent back by one. Like drafts they are kept
-- encrypted with a key of their own, and deleted once they are over.
create table unconfirmed_decisions (
    id           uuid primary key,
    case_id      uuid        not null references cases,
    account      uuid        not null references accounts,
    role         text        not null,
    decision     bytea       not null,
    wanted_at    timestamptz not null,
    -- Why it was sent back.
    sent_back    bytea,
    sent_back_by uuid references accounts,
    sent_back_at timestamptz
);
create index on unconfirmed_decisions (case_id);

-- An item waits in one decision at most.
create table unconfirmed_items (
    case_id  uuid    not null,
    no       integer not null,
    decision uuid    not null references unconfirmed_decisions on delete cascade,
    primary key (case_id, no),
    foreign key (case_id, no) references case_items
);
create index on unconfirmed_items (decision);

-- Of the undecided items, how many wait.
alter table cases add column unconfirmed integer not null default 0;
create index on cases (due_at, id) where unconfirmed > 0;

-- interim withholding ----------------------------------------------------------------------------

-- What is withheld before it is decided, on both sides; worked out of messages. An item is so once at
-- most, so that the agreed time is not begun anew.
create table interims (
    -- The notice, or the case.
    subject   uuid        not null,
    no        integer     not null,
    -- Of the part with the reasons.
    leaf      bytea       not null,
    countries text[]      not null default '{}',
    from_at   timestamptz not null,
    until_at  timestamptz not null,
    ended_at  timestamptz,
    ending    text check (ending in ('decided', 'time', 'given_up', 'withdrawn')),
    primary key (subject, no),
    check ((ended_at is null) = (ending is null))
);
create index on interims (until_at) where ended_at is null;

-- Actions that withhold for now; no signature is made of them.
alter table actions add column interim boolean not null default false;

-- retention --------------------------------------------------------------------------------------

-- Until when this side keeps what a closed notice or case holds, by the agreement that it cites.
create table retentions (
    id        uuid        primary key,
    subject   uuid        not null,
    kind      text        not null check (kind in ('content', 'evidence', 'reasons')),
    reference text        not null,
    closed_at timestamptz not null,
    erase_at  timestamptz not null,
    erased_at timestamptz,
    unique (subject, kind)
);
create index on retentions (erase_at, id) where erased_at is null;

alter table notices add column retention_planned boolean not null default false;
alter table cases add column retention_planned boolean not null default false;
create index on notices (id) where state in ('closed', 'refused', 'withdrawn') and not retention_planned;
create index on cases (id) where state in ('closed', 'withdrawn') and not retention_planned;

-- What keeps a notice or case past that time; its reason names nobody.
create table retention_holds (
    id        bigint      generated always as identity primary key,
    subject   uuid        not null,
    reason    text        not null,
    placed_by uuid        not null references accounts,
    placed_at timestamptz not null,
    until_at  timestamptz not null,
    ended_at  timestamptz,
    ended_by  uuid references accounts
);
create index on retention_holds (subject);

-- user notice ------------------------------------------------------------------------------------

-- Until when the platform is asked again to tell the affected user; absent for the first time.
alter table actions add column tell_until timestamptz;
