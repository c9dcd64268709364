-- keys ----------------------------------------------------------------------------------------

-- Statements of the own party's keys in the order in which they came into force. The newest row
-- decides for all processes; it commits together with its journal entry and its announcements.
create table own_keys (
    serial     bigint primary key,
    statement  text        not null,
    adopted_at timestamptz not null
);

create trigger own_keys_only_grows before update or delete or truncate on own_keys for each statement
    execute function refuse_change();

-- Serial of the own statement that was announced last on this stream: the keys that sign its next
-- message. On the locked row itself, so that whoever waited for the lock sees the change.
alter table streams add key_serial bigint not null default 0;
update streams set key_serial = coalesce((
    select max(serial) from key_sets
    where key_sets.channel = streams.channel and key_sets.direction = 'out'), 0)
where direction = 'out';
