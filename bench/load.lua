-- What wrk sends: comments that differ, to 50 pages, or one page read again and again. Told by the environment:
--   LOAD   greenroom | isso | read
--   RUN    makes texts and authors unlike those of other runs
--   URLS   (reading) where the page is, below the server; %X in it becomes a number that counts up
--   PAGE   (greenroom) URL of the pages that comments are about, without their number; ORIGIN of the site
--   SITE   key of the site;  PREFIX put before its path;  SPREAD how many pages (50);  COUNT stop after so many answers
local load, run = os.getenv("LOAD"), os.getenv("RUN") or "0"
local format, concat, random = string.format, table.concat, math.random
local spread, count = tonumber(os.getenv("SPREAD") or "50"), tonumber(os.getenv("COUNT") or "0")
local page, site, origin, url = os.getenv("PAGE"), os.getenv("SITE"), os.getenv("ORIGIN"), os.getenv("URLS")
local prefix = os.getenv("PREFIX") or ""
local words, sent, answered = {}, 0, 0

for word in ([[
  about above again air allow almost alone along already also always among animal another answer anything appear apple
  area argue arrive article autumn away back bake barn basket beach because become before begin behind believe below
  beside better between beyond big bird blue boat body book both bottom branch bread breakfast bridge bright bring
  brother build building butter calendar call careful carry cause centre certain chair change chapter child choose
  city clear climb clock close cloud coast coffee cold collect colour come common compare complete consider contain
  cook copper corner cost cotton count country course cover cross crowd current curtain daily dance dark daughter
  decide deep describe desert design detail differ dinner discover distance doctor door double draw dream drive dry
  during early earth east edge effect egg either electric else empty end engine enjoy enough enter equal even evening
  ever every example except expect experience explain eye face fact fair fall family famous farm fast father favour
  feather feel fence few field figure fill final find fine finger finish fire first fish flat floor flow flower fly
  follow food foot force forest forget form forward found fresh friend front fruit full garden gather gentle glass
  gold good grain grass great green ground group grow guess guitar hair half hammer hand happen happy harbour hard
  harvest hear heart heavy help here high hill history hold home honest hope horse hour house human hundred idea
  imagine important inch include indeed inside instead iron island join journey jump keep kettle kind kitchen know
  ladder lake lamp language large last late laugh lead leaf learn leave left length lesson letter level lift light
  like line list listen little live long look lose loud low machine main make map mark market matter meadow mean
  measure meet melody member metal middle mile milk million mind minute mirror moment month moon morning mother
  mountain mouth move much music must name narrow nation near neighbour never new next night noise north notice
  number object ocean offer often old once only open orange orchard order other outside over owner page paint pair
  paper parent part party pass path pattern pause peace pencil people perhaps person picture piece pilot place plain
  plan plant plate play please point pond possible power practice prepare present pretty print problem produce proper
  prove pull push question quick quiet quite rain raise reach read ready real reason receive record red region
  remember repeat reply rest result rhythm rich ride right ring rise river road rock roof room root rope round row
  rule run safe sail salt same sand save school science score sea search season second see seed seem sense sentence
  serve set settle several shade shape share sharp sheep shine ship shoe shop short shoulder show side sign silent
  silver simple since sing sister sit size skin sky sleep slow small smile smooth snow soft soil soldier solve some
  song soon sound south space speak special speed spell spend spoon spread spring square stand star start state
  station stay steam steel step still stone stop store storm story straight strange stream street stretch string
  strong student study subject such sudden sugar suggest summer sun supper support sure surface surprise swim table
  take talk tall taste teach team tell ten test thank thick thin thing think thousand thread through thunder ticket
  tide time tiny together tone top total touch toward town track trade train travel tree triangle trip trouble true
  trust try turn twelve under understand unit until usual valley value various very view village visit voice wait
  walk wall want warm wash watch water wave weather week weight west wheat wheel where while whisper white whole wide
  wild wind window winter wire wish within without wonder wood word work world write yard year yellow young]]):gmatch("%S+") do
  words[#words + 1] = word
end

local seed = 7
for letter in run:gmatch(".") do seed = (seed * 131 + letter:byte()) % 2147483647 end
math.randomseed(seed)

local function text()
  local chosen = {}
  for i = 1, 30 do chosen[i] = words[random(#words)] end
  return format("%s-%d **%s** %s.", run, sent, chosen[1], concat(chosen, " ", 2))
end

local json = { ["Content-Type"] = "application/json", ["Origin"] = origin }

local function comment_for_greenroom()
  return wrk.format("POST", prefix .. "/api/v1/sites/" .. site .. "/comments", json, format(
    '{"page_url":"%s%d","author_name":"Author %d","author_email":"a%s-%d@example.org","body":"%s"}',
    page, sent % spread, sent, run, sent, text()))
end

local function comment_for_isso()
  return wrk.format("POST", "/new?uri=%2Fbench%2F" .. (sent % spread) .. "%2F", json, format(
    '{"text":"%s","author":"Author %d","email":"a%s-%d@example.org","title":"bench"}', text(), sent, run, sent))
end

local function page_to_read()
  return wrk.format("GET", (url:gsub("%%X", format("%012x", seed * 4096 + sent))))
end

if load == "read" and not url:find("%%X") then
  local same
  page_to_read = function()
    same = same or wrk.format("GET", url)
    return same
  end
end

local make = ({ greenroom = comment_for_greenroom, isso = comment_for_isso, read = page_to_read })[load]

function request()
  sent = sent + 1
  return make()
end

if count > 0 then
  function response()
    answered = answered + 1
    if answered >= count then wrk.thread:stop() end
  end
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(format(
    'RESULT {"requests":%d,"seconds":%.4f,"bytes":%d,"refused":%d,"broken":%d,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
