-- Resolvers, what is measured at them, and when a lift is done.

create table resolver_operators (
    id   uuid primary key,
    name text not null unique
);

-- Whom to reach at an operator: a person's address can be changed and erased, so it stands in no history.
create table resolver_contacts (
    operator uuid primary key references resolver_operators,
    person   text not null,
    mail     text not null,
    phone    text not null
);

-- Each state that a resolver's entry had, with who wrote it; the newest counts.
create table resolver_entries (
    no         bigint      primary key generated always as identity,
    resolver   uuid        not null,
    operator   uuid        not null references resolver_operators,
    name       text        not null,
    address    inet        not null,
    port       integer     not null check (port between 1 and 65535),
    software   text        not null check (software in ('bind', 'unbound', 'powerdns', 'knot', 'other')),
    transport  text        not null check (transport in ('transfer', 'list', 'none')),
    -- From where it is asked: this node, or a probe in the provider's network, for it answers customers only.
    asked_from text        not null check (asked_from in ('node', 'probe')),
    -- An admin vouches for the address; nothing is sent to one that nobody vouched for.
    confirmed  boolean     not null,
    removed    boolean     not null,
    reason     text        not null,
    written_by text        not null,
    written_at timestamptz not null
);
create index on resolver_entries (resolver, no desc);

-- Names that resolvers are asked for, and since when they should be blocked or open.
create table watched_names (
    block     uuid        not null references access_orders,
    name      text        not null,
    reference text        not null,
    lifting   boolean     not null,
    since     timestamptz not null,
    primary key (block, name)
);
create index on watched_names (name);

-- What a name at a resolver was found to be.
create table name_readings (
    no       bigint      primary key generated always as identity,
    resolver uuid        not null,
    name     text        not null,
    asked_at timestamptz not null,
    state    text        not null check (state in ('open', 'silent', 'unclear', 'blocked')),
    why      text        not null,
    -- The way that decided it, as "a udp" or "aaaa tcp do"; empty for what came from outside.
    way      text        not null,
    canary   text        not null,
    serial   bigint,
    ttl      integer     not null,
    errors   text[]      not null,
    source   text        not null check (source in ('node', 'probe', 'outside')),
    -- The probe, or what the file of outside results is called.
    origin   text        not null,
    known_at timestamptz not null,
    unique (resolver, name, asked_at, source, origin)
);
create index on name_readings (name, resolver, asked_at desc);
create index on name_readings (asked_at);

-- Somebody's word that a name will not be measured at a resolver.
create table measure_closures (
    block     uuid        not null references access_orders,
    resolver  uuid        not null,
    name      text        not null,
    reason    text        not null,
    closed_by text        not null,
    closed_at timestamptz not null,
    primary key (block, resolver, name)
);

-- Operators that are reminded of a lift, once for each step.
create table lift_reminders (
    id              uuid        primary key,
    block           uuid        not null references access_orders,
    since           timestamptz not null,
    operator        uuid        not null references resolver_operators,
    step            integer     not null,
    -- Names at resolvers that lagged then.
    lagging         integer     not null,
    -- "no-address": nobody said where to write; "needless": the lift was measured before it was sent.
    state           text        not null
        check (state in ('waiting', 'sent', 'refused', 'no-address', 'no-mail', 'needless')),
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null,
    told_at         timestamptz not null,
    changed_at      timestamptz not null,
    unique (block, since, operator, step)
);
create index on lift_reminders (next_attempt_at) where state = 'waiting';

-- Probes in providers' networks.
create table field_probes (
    id            uuid primary key,
    name          text        not null unique,
    -- Ed25519, 32 octets.
    key           bytea       not null unique check (length(key) = 32),
    registered_by text        not null,
    registered_at timestamptz not null
);

-- What a probe may answer for.
create table field_probe_resolvers (
    probe    uuid not null references field_probes,
    resolver uuid not null,
    primary key (probe, resolver)
);

create table field_tasks (
    id         uuid primary key,
    probe      uuid        not null references field_probes,
    resolver   uuid        not null,
    names      text[]      not null,
    given_at   timestamptz not null,
    expires_at timestamptz not null
);
create index on field_tasks (probe, resolver, given_at desc);

-- What came back, as the probe signed it; once for each name of a task.
create table field_results (
    task       uuid        not null references field_tasks,
    name       text        not null,
    jws        text        not null,
    arrived_at timestamptz not null,
    primary key (task, name)
);

do $$
declare fact text;
begin
    foreach fact in array array['resolver_entries', 'name_readings', 'measure_closures', 'field_results'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement
            execute function refuse_change()', fact || '_only_grows', fact);
    end loop;
end $$;

-- When a probe asked last: a request that was signed earlier, or again, gets nothing. And when it ended.
create table field_probe_states (
    probe      uuid primary key references field_probes,
    asked_at   timestamptz,
    removed_at timestamptz
);

-- When each resolver is asked next; whoever asks it has a lease.
create table resolver_turns (
    resolver    uuid primary key,
    -- Infinity: nothing is watched.
    next_at     timestamptz not null,
    lease_until timestamptz not null default '-infinity'
);
create index on resolver_turns (next_at);
