-- Tables of facts only grow: no statement may change or remove what they say.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% only grows: % is refused', tg_table_name, tg_op;
end $$;

-- register ------------------------------------------------------------------------------------

create table channels (
    id              integer generated always as identity primary key,
    local_party     text   not null,
    peer_party      text   not null,
    peer_checkpoint text,
    peer_size       bigint not null default 0,
    -- Delivery is leased per channel, so that order holds.
    lease_owner     uuid,
    lease_until     timestamptz,
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null default '-infinity',
    last_error      text,
    failing_since   timestamptz,
    unique (local_party, peer_party)
);

-- Where each direction stands; a row each, so that sending and receiving do not wait for each other.
create table streams (
    channel   integer not null references channels,
    direction text    not null check (direction in ('in', 'out')),
    seq       bigint  not null default 0,
    digest    bytea,
    primary key (channel, direction)
);

-- exchange ------------------------------------------------------------------------------------

create table messages (
    id          bigint generated always as identity primary key,
    channel     integer not null references channels,
    direction   text    not null check (direction in ('in', 'out')),
    seq         bigint  not null,
    message_id  uuid    not null,
    kind        text    not null,
    about       uuid,
    digest      bytea   not null,
    jws         text    not null,
    leaves      bytea   not null,
    recorded_at timestamptz not null,
    unique (channel, direction, seq),
    unique (channel, direction, message_id)
);
create index on messages (channel, about);

create table receipts (
    message     bigint primary key references messages,
    jws         text not null,
    received_at timestamptz not null,
    recorded_at timestamptz not null
);

create table key_sets (
    channel   integer not null references channels,
    direction text    not null check (direction in ('in', 'out')),
    from_seq  bigint  not null,
    serial    bigint  not null,
    statement text    not null,
    primary key (channel, direction, from_seq)
);

-- Messages that wait for their receipt.
create table outbox (
    message     bigint primary key references messages,
    channel     integer not null references channels,
    seq         bigint  not null,
    integrated  boolean not null default false,
    attempts    integer not null default 0,
    recorded_at timestamptz not null
);
create index on outbox (channel, seq);

-- Messages that were stored and receipted, but whose effect failed: retried, in order.
create table unhandled (
    message         bigint primary key references messages,
    attempts        integer not null,
    next_attempt_at timestamptz not null,
    last_error      text not null
);

-- Messages that came before an earlier one; bounded by the window.
create table parked (
    channel     integer not null references channels,
    seq         bigint  not null,
    jws         text    not null,
    leaves      bytea   not null,
    recorded_at timestamptz not null,
    primary key (channel, seq)
);

create table parts (
    channel   integer not null references channels,
    leaf      bytea   not null,
    sealed    bytea   not null,
    message   bigint references messages,
    stored_at timestamptz not null,
    primary key (channel, leaf)
);
create index on parts (stored_at) where message is null;

create unlogged table request_nonces (
    nonce   uuid primary key,
    seen_at timestamptz not null
);

create table evidence (
    id          bigint generated always as identity primary key,
    channel     integer not null references channels,
    reason      text not null,
    jws         text not null,
    digest      bytea not null,
    recorded_at timestamptz not null,
    unique (channel, digest)
);

-- journal -------------------------------------------------------------------------------------

-- Written in the transaction of what they record, without an index.
create table journal_pending (
    id          bigint generated always as identity primary key,
    kind        text   not null,
    digest      bytea  not null,
    message     bigint references messages,
    recorded_at timestamptz not null
);

create table journal_entries (
    log_index   bigint primary key,
    id          bigint not null unique,
    kind        text   not null,
    digest      bytea  not null,
    message     bigint references messages,
    recorded_at timestamptz not null
);
create index on journal_entries (message) where message is not null;

-- agreement -----------------------------------------------------------------------------------

create table agreements (
    digest     bytea primary key,
    authority  text  not null,
    platform   text  not null,
    content    bytea not null,
    authority_signature text not null,
    platform_signature  text not null
);

-- accounts ------------------------------------------------------------------------------------

create table accounts (
    id          uuid primary key,
    name        text not null unique,
    role        text not null,
    pseudonym   text not null unique,
    created_at  timestamptz not null,
    disabled_at timestamptz
);

create table tokens (
    id         uuid primary key,
    account    uuid not null references accounts,
    label      text not null,
    hash       bytea not null unique,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

create table idempotent_requests (
    account     uuid not null references accounts,
    key         text not null,
    request     bytea not null,
    status      integer not null,
    location    text,
    body        bytea not null,
    recorded_at timestamptz not null,
    primary key (account, key)
);
create index on idempotent_requests (recorded_at);

-- notices (authority) -------------------------------------------------------------------------

create table notices (
    id              uuid primary key,
    channel         integer not null references channels,
    state           text not null check (state in ('draft', 'sent', 'refused', 'closed', 'withdrawn')),
    kind            text not null,
    urgency         text not null,
    category        text not null,
    reference       text not null,
    organisation    text not null,
    item_count      integer not null,
    -- Personal content while it is a draft; once sent it lives in encrypted parts alone.
    draft           jsonb,
    version         integer not null default 1,
    drafted_by      uuid not null references accounts,
    message         bigint references messages,
    received_at     timestamptz,
    acknowledged_at timestamptz,
    due_at          timestamptz,
    stopped_at      timestamptz,
    refusal_clause  text,
    refusal_reason  text,
    created_at      timestamptz not null,
    changed_at      timestamptz not null
);
create index on notices (changed_at, id);
create index on notices (state, due_at);

create table draft_items (
    notice uuid not null references notices,
    no     integer not null,
    item   jsonb not null,
    primary key (notice, no)
);

create table draft_files (
    notice uuid not null references notices,
    sha256 bytea not null,
    name   text not null,
    type   text not null,
    bytes  bytea not null,
    primary key (notice, sha256)
);

create table notice_items (
    notice      uuid not null references notices,
    no          integer not null,
    kind        text not null,
    leaf        bytea not null,
    state       text not null default 'open',
    enforcement text not null default 'none',
    primary key (notice, no)
);

create table approvals (
    notice      uuid not null references notices,
    version     integer not null,
    account     uuid not null references accounts,
    approved_at timestamptz not null,
    primary key (notice, version, account)
);

-- What happened to a notice, for both sides' timelines; never a name, never content.
create table timeline (
    id      bigint generated always as identity primary key,
    subject uuid not null,
    event   text not null,
    role    text,
    message bigint references messages,
    detail  text,
    at      timestamptz not null
);
create index on timeline (subject, id);

-- When a clock stopped or went on, by the receiver's receipt: the same events on both nodes.
create table clock_events (
    message bigint primary key references messages,
    subject uuid        not null,
    event   text        not null check (event in ('stopped', 'resumed')),
    at      timestamptz not null
);
create index on clock_events (subject);

-- cases (platform) ----------------------------------------------------------------------------

create table cases (
    id               uuid primary key,
    channel          integer not null references channels,
    notice_id        uuid not null,
    message          bigint not null references messages,
    state            text not null check (state in ('open', 'waiting', 'closed', 'withdrawn')),
    kind             text not null,
    urgency          text not null,
    category         text not null,
    reference        text not null,
    organisation     text not null,
    item_count       integer not null,
    undecided        integer not null,
    agreement        bytea not null,
    facts_leaf       bytea not null,
    reasons_leaf     bytea not null,
    tell_from        timestamptz,
    received_at      timestamptz not null,
    due_at           timestamptz not null,
    stopped_at       timestamptz,
    claimed_by       uuid references accounts,
    claimed_until    timestamptz,
    acknowledged_at  timestamptz,
    closed_at        timestamptz,
    changed_at       timestamptz not null,
    unique (channel, notice_id)
);
create index on cases (state, due_at, id);

create table case_items (
    case_id     uuid not null references cases,
    no          integer not null,
    kind        text not null,
    leaf        bytea not null,
    state       text not null default 'open',
    enforcement text not null default 'none',
    primary key (case_id, no)
);

-- Of both sides: what was decided, by the message that says so.
create table decisions (
    id          bigint generated always as identity primary key,
    message     bigint not null references messages,
    subject     uuid not null,
    no          integer not null,
    outcome     text not null,
    ground      text,
    countries   text[] not null default '{}',
    leaf        bytea not null,
    role        text not null,
    decided_at  timestamptz not null
);
create index on decisions (subject, no, id);
create index on decisions (message);

-- enforcement ---------------------------------------------------------------------------------

create table actions (
    id              uuid primary key,
    case_id         uuid not null references cases,
    no              integer not null,
    action          text not null,
    countries       text[] not null default '{}',
    undo            uuid,
    tell            boolean not null default false,
    file_mode       text not null default 'none',
    text_mode       text not null default 'none',
    url_mode        text not null default 'none',
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    lease_until     timestamptz,
    last_error      text,
    done_at         timestamptz,
    reported_at     timestamptz,
    recorded_at     timestamptz not null
);
create index on actions (next_attempt_at) where done_at is null;
create index on actions (case_id, no);
create index on actions (case_id) where reported_at is null;

create table measures (
    id          bigint generated always as identity primary key,
    action      uuid not null,
    subject     uuid not null,
    no          integer not null,
    kind        text not null,
    result      text not null,
    told        boolean not null,
    outcome     text not null,
    measured_at timestamptz not null
);
create index on measures (subject, no, id);

create table probes (
    measure bigint not null references measures,
    route   text not null,
    country text not null,
    state   text not null,
    primary key (measure, route, country)
);

-- screening -----------------------------------------------------------------------------------

create table signatures (
    id           uuid primary key,
    kind         text not null check (kind in ('file', 'text', 'url')),
    value        text not null,
    digest       bytea not null,
    mode         text not null check (mode in ('shadow', 'review', 'hold', 'block')),
    case_id      uuid not null references cases,
    no           integer not null,
    origin       text not null,
    agreement    bytea not null,
    countries    text[] not null default '{}',
    created_at   timestamptz not null,
    suspended_at timestamptz,
    changed_at   timestamptz not null,
    unique (kind, digest, case_id, no)
);
create index on signatures (changed_at);
create index on signatures (case_id);

create table hits (
    id        bigint generated always as identity primary key,
    signature uuid not null references signatures,
    case_id   uuid not null references cases,
    url       text,
    channel   text,
    mode      text not null,
    verdict   text not null,
    hit_at    timestamptz not null
);
create index on hits (case_id, id);

do $$
declare fact text;
begin
    foreach fact in array array['messages', 'receipts', 'key_sets', 'evidence', 'journal_entries', 'agreements',
        'approvals', 'timeline', 'clock_events', 'decisions', 'measures', 'probes', 'hits'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement
            execute function refuse_change()', fact || '_only_grows', fact);
    end loop;
end $$;
