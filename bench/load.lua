-- One operation as wrk load. From the environment: QUERY (its text's file), TOKEN, IDS (a file of requests' ids).
local function read(path) local f = assert(io.open(path)); local s = f:read("*a"); f:close(); return s end
local ids, threads = {}, {}
local statuses = { "NEW_REQUEST", "IN_PROGRESS", "NEEDS_REVIEW", "NEEDS_EDIT" }

function setup(thread) threads[#threads + 1] = thread end

function init()
  math.randomseed(7)
  bad = 0
  for id in io.lines(os.getenv("IDS")) do ids[#ids + 1] = id end
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. read(os.getenv("TOKEN"))
  head = '{"query":"' .. read(os.getenv("QUERY")):gsub("%s+", " "):gsub('"', '\\"') .. '","variables":{"content":"bench","id":"'
end

function request()
  return wrk.format("POST", nil, nil, head .. ids[math.random(#ids)] .. '","status":"' .. statuses[math.random(4)] .. '"}}')
end

function response(status, _, body)
  if status ~= 200 or body:sub(1, 9) ~= '{"data":{' then bad = bad + 1 end
end

function done(s, latency)
  local e, n = s.errors, 0
  for _, t in ipairs(threads) do n = n + t:get("bad") end
  io.write(("RESULT %d %.3f %.2f %.2f %d\n"):format(s.requests, s.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, n + e.connect + e.read + e.write + e.timeout))
end
