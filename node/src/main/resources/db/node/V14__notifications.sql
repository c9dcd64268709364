-- How people learn that something needs them. Rows only name what it is about: never content, never a person.

create table notification_readers (
    account     uuid primary key references accounts,
    language    text not null check (language in ('id', 'en')),
    zone        text not null,
    -- From and until when only emergencies ring; local times, equal for never.
    quiet_from  time not null default '00:00',
    quiet_until time not null default '00:00'
);

create table notification_addresses (
    id           uuid primary key,
    account      uuid not null references accounts,
    channel      text not null check (channel in ('mail', 'webhook', 'telegram')),
    -- Empty until a chat is known, and again once it was removed.
    address      text not null,
    -- Digest of the code that proves that the address is theirs.
    code         bytea,
    code_until   timestamptz,
    code_tries   integer not null default 0,
    -- Events that do not go there.
    muted        text[] not null default '{}',
    added_at     timestamptz not null,
    confirmed_at timestamptz,
    removed_at   timestamptz
);
create index on notification_addresses (account) where removed_at is null;

-- Codes and test messages, so that nobody floods a stranger.
create table notification_trials (
    account uuid        not null references accounts,
    at      timestamptz not null
);
create index on notification_trials (account, at);

create table notification_events (
    id         uuid primary key,
    kind       text not null,
    -- What it is about, by the id of its page.
    subject    text not null,
    -- The moment that tells it from others of its kind on the same subject, for example when it is due.
    occasion   timestamptz not null,
    reference  text not null,
    due_at     timestamptz,
    number     integer not null default 0,
    emergency  boolean not null default false,
    told_at    timestamptz not null,
    -- It needs nobody any more.
    settled_at timestamptz,
    unique (kind, subject, occasion)
);
create index on notification_events (subject) where settled_at is null;
create index on notification_events (told_at);

-- What was told already, for whoever looks for what still has to be.
create view told as select kind, subject, occasion from notification_events;

-- Each person once for each event.
create table notification_alerts (
    event   uuid not null references notification_events on delete cascade,
    account uuid not null references accounts,
    told_at timestamptz not null,
    seen_at timestamptz,
    primary key (event, account)
);
create index on notification_alerts (account, told_at desc, event);
create index on notification_alerts (account) where seen_at is null;

create table notification_deliveries (
    id              uuid primary key,
    event           uuid not null references notification_events on delete cascade,
    address         uuid not null references notification_addresses,
    channel         text not null,
    state           text not null check (state in ('waiting', 'sent', 'failed', 'given-up', 'needless')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    lease_until     timestamptz,
    -- Of the last try, or of whoever gave it up.
    reason          text not null default '',
    told_at         timestamptz not null,
    changed_at      timestamptz not null,
    unique (event, address)
);
create index on notification_deliveries (channel, next_attempt_at) where state = 'waiting';
create index on notification_deliveries (state, changed_at desc, id desc);

-- Who is on call has not looked yet: it is passed on then.
create table notification_calls (
    event   uuid not null references notification_events on delete cascade,
    role    text not null,
    -- Absent once the deputy was told, or where there is none: the whole role is next.
    deputy  uuid references accounts,
    next_at timestamptz not null,
    primary key (event, role)
);
create index on notification_calls (next_at);

-- on call -------------------------------------------------------------------------------------

-- The newest of a role counts; without members nobody of it is on call.
create table on_call_rotations (
    id         bigint generated always as identity primary key,
    role       text    not null,
    zone       text    not null,
    -- ISO: 1 is Monday.
    day        integer not null check (day between 1 and 7),
    time       time    not null,
    starts     date    not null,
    members    uuid[]  not null,
    by_whom    uuid    not null references accounts,
    changed_at timestamptz not null
);
create index on on_call_rotations (role, id);

-- Somebody else for a while; of several the newest counts.
create table on_call_stand_ins (
    id          bigint generated always as identity primary key,
    role        text not null,
    account     uuid not null references accounts,
    from_at     timestamptz not null,
    until_at    timestamptz not null,
    by_whom     uuid not null references accounts,
    recorded_at timestamptz not null,
    ended_at    timestamptz,
    check (from_at < until_at)
);
create index on on_call_stand_ins (role, until_at);

create trigger on_call_rotations_only_grow before update or delete or truncate on on_call_rotations
    for each statement execute function refuse_change();
