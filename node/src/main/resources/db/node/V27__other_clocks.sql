-- Clocks that run for what has no row of its own: a lift that nobody has confirmed. Worked
-- out of messages, and kept so that lists of clocks find them.

create table other_clocks (
    channel      integer     not null references channels,
    about        text        not null check (about = 'lift'),
    -- The id on the channel, the same on both sides.
    subject      uuid        not null,
    -- This side's own id of what the page is about, and where the page is.
    page         uuid        not null,
    path         text        not null,
    reference    text        not null,
    organisation text        not null,
    -- From when it runs; it may lie ahead.
    received_at  timestamptz not null,
    due_at       timestamptz not null,
    primary key (channel, subject, about)
);
create index on other_clocks (about, page);
create index on other_clocks (channel, due_at);
create index on other_clocks (due_at);
