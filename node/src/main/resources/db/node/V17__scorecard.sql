-- What the scorecard needs beside what messages left in other tables.

-- When the sender says that it signed a message.
alter table messages add sent_at timestamptz;
alter table messages disable trigger messages_only_grows;
update messages set sent_at = (convert_from(decode(
    rpad(translate(payload, '-_', '+/'), (length(payload) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::jsonb ->> 'time')::timestamptz
from (select id as row, split_part(jws, '.', 2) as payload from messages) as signed
where id = row;
alter table messages enable trigger messages_only_grows;
alter table messages alter sent_at set not null;

-- By what the items of notices are known again, as digests; they go when the part is erased.
create table item_marks (
    channel integer not null references channels,
    -- Id of the notice, on both sides.
    notice  uuid    not null,
    no      integer not null,
    -- Of the notice among the authority's messages.
    seq     bigint  not null,
    -- Of the part that they are taken from.
    leaf    bytea   not null,
    mark    bytea   not null,
    primary key (channel, notice, no, mark)
);
create index on item_marks (channel, mark, seq);
create index on item_marks (channel, leaf);

-- Notices refused as a whole, as far as the scorecard has read them; what they say stands in their parts.
create table refused_notices (
    message bigint  primary key references messages,
    channel integer not null references channels,
    notice  uuid    not null,
    clause  text    not null,
    -- Absent where the message was no notice that anybody can read.
    kind    text,
    urgency text,
    items   integer
);
create index on refused_notices (channel, notice);
create index on messages (channel, id) where kind = 'refusal';

create index on notices (channel, received_at, id) where message is not null;
create index on cases (channel, received_at, id);
