-- sign in -------------------------------------------------------------------------------------

-- Argon2id with its parameters and salt; absent for accounts that only have API tokens.
alter table accounts add password text;

-- What was tried in vain, by digests of name and address: it says nothing about who exists.
create table sign_in_failures (
    what bytea       not null,
    at   timestamptz not null
);
create index on sign_in_failures (what, at);
create index on sign_in_failures (at);

-- Spring Session's tables.
create table spring_session (
    primary_id            char(36) primary key,
    session_id            char(36) not null unique,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval integer  not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);
create index on spring_session (expiry_time);
create index on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);

-- notices -------------------------------------------------------------------------------------

-- Forms that an officer began; one that is complete and within the agreement becomes a draft.
create table notice_forms (
    id         uuid primary key,
    officer    uuid  not null references accounts,
    -- The draft that it changes.
    notice     uuid references notices,
    answers    jsonb not null default '{}',
    changed_at timestamptz not null
);
create index on notice_forms (officer, changed_at);

create table notice_form_items (
    form uuid    not null references notice_forms on delete cascade,
    no   integer not null,
    url  text    not null,
    item jsonb   not null,
    primary key (form, no)
);

create table notice_form_files (
    form  uuid  not null references notice_forms on delete cascade,
    name  text  not null,
    bytes bytea not null,
    primary key (form, name)
);

-- Lists that pages show.
create index on notices (state, changed_at, id);
create index on notices (due_at, id) where state = 'sent';

create index on notices (changed_at, id) where state = 'sent' and acknowledged_at is null;
create index on notices (due_at, id) where state = 'sent' and stopped_at is not null;

-- cases ---------------------------------------------------------------------------------------

-- The place an item stands in, as a digest: what came from the same channel or author before.
alter table case_items add place bytea;
create index on case_items (place) where place is not null;
create index on cases (urgency, due_at, id) where state = 'open';
create index on cases (category, due_at, id) where state = 'open';
create index on cases (kind, due_at, id) where state = 'open';
create index on cases (due_at, id) where state = 'open' and claimed_by is null;
create index on cases (claimed_by) where claimed_by is not null;
create index on cases (claimed_until) where claimed_by is not null;

-- Acknowledgements that are to be sent: written with the first claim, sent right after it.
create table acknowledgements (
    case_id uuid primary key references cases,
    role    text        not null,
    at      timestamptz not null
);
