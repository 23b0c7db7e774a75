"""Addresses on the web: honest and commercial ones, made of words, so that no host is met twice by design."""

from random import Random

from service.training.synthetic.grammar import Pen, lexicon, lines
from service.training.synthetic.people import FIRST_NAMES, LAST_NAMES

_LETTERS = "abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPRSTUVWXYZ23456789"
_WORDS = lexicon("""
@plain
kitchen | garden | notes | letters | table | wool | trail | bike | books | paper | bread | lens | photo | journey | home
nest | river | hill | barn | workshop | studio | code | bytes | stack | lab | family | crumbs | thread | stitch
harbour | field | mornings | evenings | sunday | slow | small | wandering | curious | tiny | two | red | blue | green
north | south | open | new | old | honest | daily | simple | quiet | desk | pages
@goods
viagra | cialis | pharmacy | pills | meds | casino | slots | poker | bet | betting | loans | payday | credit | crypto
bitcoin | forex | trading | signals | essay | thesis | escort | replica | watches | rolex | handbags | seo | backlinks
followers | likes | vape | cbd | ketamine | xanax | rehab | detox | keto | slimming | diet | hair | botox | mattress
roofing | plumber | locksmith | towing | dumpster | insurance | solar | movers | limo | taxi | webdesign | hosting | vpn
proxy | iptv | apk | mod | keygen | jerseys | sneakers | tarot | astrology | spells | herbal | wedding | visa | exam
@trim
best | cheap | buy | top | my | get | 24 | 365 | online | pro | hub | store | shop | world | express | official | now
deals | direct | zone | expert | 4u | land | king | club
@tld
com | com | com | net | org | co.uk | de | blog | me | ca | com.au | io | fr | nl
@spamtld
com | com | com | net | org | info | biz | ru | xyz | top | online | site | shop | store | in | co | club | live | icu
vip | io | us | co.uk | pk | ws | link | click
@w
ketamine | addiction | alcohol | cocaine | opioid | depression | relapse | therapy | trial | treatment | gambling
withdrawal | naltrexone | mindfulness | psychosis | dependence
@short
bit.ly | tinyurl.com | t.ly | cutt.ly | is.gd | rb.gy | goo.gl | adf.ly
@path
| | / | /blog | /{2009-2024}/{1-9}/{plain}-{plain} | /about
@spampath
| | | / | /{trim}-{goods} | /?ref={10-9999} | /{goods}.html | /index.php?id={1-99999} | /{goods}/{trim}/
/?utm_source=comment&aff={10-999} | /{goods}-{plain}
""") | {
    "first": tuple(name.lower() for name in FIRST_NAMES),
    "last": tuple(name.lower().replace("'", "") for name in LAST_NAMES),
}
_HONEST = lines("""
    {first}{last}.{tld}
    {plain}{plain}.{tld}
    {plain}-{plain}.{tld}
    {first}s{plain}.{tld}
    {plain}{plain}.wordpress.com
    {first}{plain}.github.io
    {plain}and{plain}.blogspot.com
    the{plain}{plain}.{tld}
    {first}.{tld}
    {plain}{plain}.substack.com
    www.{last}{plain}.{tld}
    {last}-{plain}.{tld}
""")
_SPAM = lines("""
    {trim}{goods}{trim}.{spamtld}
    {trim}-{goods}-{trim}.{spamtld}
    {goods}{goods}.{spamtld}
    {goods}-{goods}.{spamtld}
    {goods}{trim}.{spamtld}
    {trim}{goods}.{spamtld}
    {goods}{1-999}.{spamtld}
    {goods}.{trim}{trim}.{spamtld}
    {first}{goods}.{spamtld}
    {plain}{plain}.{spamtld}
""")
_KNOWN = lines("""
    https://www.youtube.com/watch?v={token}
    https://youtu.be/{token}
    https://github.com/{first}{plain}/{plain}
    https://stackoverflow.com/questions/{100000-70000000}/
    https://www.theguardian.com/{plain}/{2012-2024}/{plain}-{plain}
    https://www.bbc.co.uk/news/{10000000-60000000}
    https://www.reddit.com/r/{plain}/comments/{token}/
    https://www.flickr.com/photos/{first}/{1000000000-9999999999}/
    https://www.nytimes.com/{2012-2024}/{plain}-{plain}.html
    https://docs.python.org/3/library/{plain}.html
    https://www.instagram.com/p/{token}/
    https://www.gutenberg.org/ebooks/{10-70000}
""")
_LITERATURE = lines("""
    https://doi.org/10.{1000-1199}/{w}.{2008-2024}.{10000-99999}
    https://pubmed.ncbi.nlm.nih.gov/{10000000-38999999}/
    https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{2000000-9999999}/
    https://www.nice.org.uk/guidance/{cg|ng|ta}{50-980}
    https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD{10000-15999}/full
    https://en.wikipedia.org/wiki/{^w}_{w}
    https://www.nih.gov/news-events/{w}-{w}
    https://nida.nih.gov/publications/{w}-{w}
    https://www.who.int/news-room/fact-sheets/detail/{w}
    https://clinicaltrials.gov/study/NCT0{1000000-6999999}
    https://www.bmj.com/content/{340-380}/bmj.{m|n}{100-999}
    https://jamanetwork.com/journals/jamapsychiatry/fullarticle/{2600000-2800000}
    https://www.thelancet.com/journals/lanpsy/article/PIIS2215-0366({15-24})0{1000-4999}-{1-9}/fulltext
    https://www.samhsa.gov/{w}-{w}
    https://www.cdc.gov/{w}/{w}.html
    https://arxiv.org/abs/{1501-2406}.{10000-19999}
""")
_SPOKEN = lines("""
    NAME dot ENDING
    NAME (dot) ENDING
    NAME[.]ENDING
    NAME . ENDING
    NAME,ENDING
    www NAME ENDING
    NAME d0t ENDING
    NAME DOT ENDING
    NAME punto ENDING
    NAME•ENDING
    w w w . NAME . ENDING
    NAME_ENDING (replace _ with .)
    NAME .ENDING (remove the space)
""")


def _token(chance: Random) -> str:
    return "".join(chance.choice(_LETTERS) for _ in range(chance.randrange(6, 12)))


def _write(chance: Random, template: str) -> str:
    return Pen(chance, [_WORDS], {"token": _token}).write(template)


def honest_host(chance: Random) -> str:
    """A host that a person or a small business might have."""
    return _write(chance, chance.choice(_HONEST))


def honest_url(chance: Random) -> str:
    """What an honest author puts into the URL field, or links to."""
    return f"{chance.choice(('http', 'https', 'https'))}://{honest_host(chance)}{_write(chance, '{path}')}"


def known_site_url(chance: Random) -> str:
    """A page of a site that everybody knows."""
    return _write(chance, chance.choice(_KNOWN))


def literature_url(chance: Random) -> str:
    """A link to a paper, a guideline or an encyclopaedia."""
    return _write(chance, chance.choice(_LITERATURE))


def spam_host(chance: Random) -> str:
    """A host made for search engines."""
    return _write(chance, chance.choice(_SPAM))


def spam_url(chance: Random) -> str:
    """A commercial link with the tails such links have."""
    return f"{_write(chance, 'http{|s}://{|www.}')}{spam_host(chance)}{_write(chance, '{spampath}')}"


def short_url(chance: Random) -> str:
    """A shortened link."""
    return _write(chance, "{https://|http://|}{short}/{token}")


def spoken_host(chance: Random) -> str:
    """A commercial host spelled out so that no pattern for links finds it."""
    name, _, ending = spam_host(chance).partition(".")
    return chance.choice(_SPOKEN).replace("NAME", name).replace("ENDING", ending.replace(".", " dot "))
