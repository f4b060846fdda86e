-- Rooms: nobody stays in one about a row that they may no longer read.

-- the places in the lists of those who may not; each is asked as the viewer that they are, so that the policies decide
create or replace function lost_rooms(viewers uuid[], roles text[], tables text[], ids uuid[]) returns setof integer
language plpgsql
set search_path = public, pg_temp
as $$
declare
  seen boolean;
begin
  for i in 1 .. coalesce(cardinality(ids), 0) loop
    perform set_config('app.user_id', viewers[i]::text, true), set_config('app.role', roles[i], true);
    case tables[i]
      when 'requests' then
        seen := exists (select from requests r where r.id = ids[i]);
      when 'video_versions' then
        seen := exists (select from video_versions v where v.id = ids[i]);
    end case;
    if not seen then
      return next i;
    end if;
  end loop;
end $$;
