-- The ladders of escalation: what was done on them, and when each is looked at next.

create table ladder_acts (
    message bigint  primary key references messages,
    channel integer not null references channels,
    -- What nobody answered: for a notice its id.
    about   text    not null check (about in ('notice', 'appeal', 'lift')),
    subject uuid    not null,
    -- Id of the message; of a refusal: of the message that it refuses.
    act     uuid    not null,
    kind    text    not null check (kind in ('announced', 'approved', 'stopped', 'taken', 'called', 'cosigned', 'refused')),
    step    text    not null,
    role    text,
    -- Of the part with a reason, a call or a proof.
    leaf    bytea,
    -- When an independent witness saw it, as the witness says.
    seen_at timestamptz
);
create index on ladder_acts (channel, subject);
create index on ladder_acts (act);
create trigger ladder_acts_only_grows before update or delete or truncate on ladder_acts for each statement
    execute function refuse_change();

-- One row for each ladder that is climbed here. Whoever looks at one holds its row, so that of several
-- processes one takes a step; when a process dies, the database lets its rows go.
create table open_ladders (
    channel  integer     not null references channels,
    about    text        not null,
    subject  uuid        not null,
    -- Infinity: only a message or a person changes anything.
    look_at  timestamptz not null,
    attempts integer     not null default 0,
    primary key (channel, subject, about)
);
create index on open_ladders (look_at);

-- The dashboard of clocks counts by peer.
create index on notices (channel, due_at) where state = 'sent';
create index on cases (channel, due_at) where state in ('open', 'waiting');
create index on notices (channel) where state = 'sent' and stopped_at is not null;
create index on cases (channel) where state in ('open', 'waiting') and stopped_at is not null;
