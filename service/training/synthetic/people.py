"""Who writes: names, handles, e-mail addresses and telephone numbers of people who do not exist."""

from collections.abc import Callable
from random import Random

from service.training.synthetic.grammar import Pen, lexicon, lines

FIRST_NAMES = tuple(
    " ".join(
        lines("""
        Anna Ben Carla David Elena Frank Grace Henry Isla Jack Karen Liam Maria Noah Olivia Paul Quinn Rachel Sam Tara
        Uma Victor Wendy Xavier Yara Zoe Ahmed Fatima Yusuf Leila Omar Amina Hassan Noor Priya Rahul Anjali Vikram Meera
        Arjun Wei Mei Jun Li Hiroshi Yuki Kenji Sakura Minh Linh Thu Jose Lucia Mateo Camila Diego Valentina Joao Ana
        Rafael Beatriz Pierre Camille Luc Chloe Giulia Marco Francesca Luca Hans Greta Lukas Lena Jonas Katrin Ivan
        Olga Dmitri Natasha Piotr Kasia Tomasz Agnieszka Budi Siti Agus Dewi Rizky Putri Emre Elif Mehmet Ayse Kwame
        Ama Chidi Ngozi Tunde Zainab Thabo Lerato DeShawn Keisha Jamal Tanisha Malik Imani Brenda Gary Linda Steve
        Deborah Keith Nigel Fiona Moira Callum Siobhan Sean Aoife Rhys Gwen Ruth Esther Miriam Avi Shira Noam Tyler
        Brittany Kyle Ashley Brandon Megan Cody Hannah Dylan Alexis Logan Peggy Harold Doris Walter Ethel Stan Marge
    """)
    ).split()
)
LAST_NAMES = tuple(
    " ".join(
        lines("""
        Abbott Ahmed Andersson Baker Barnes Becker Bianchi Blackwood Brennan Brooks Carver Chen Clarke Costa Cruz Dahl
        Davies Delgado Desai Dubois Duncan Eriksen Evans Farrell Fernandez Fischer Fletcher Foster Garcia Gill Goldberg
        Gomez Green Gupta Haddad Hansen Harper Hartley Hoffman Hughes Hussain Ibrahim Ito Jackson Jansen Johnson Jones
        Kaplan Kaur Keller Kelly Khan Kim Kowalski Kumar Larsen Lee Levy Lewis Lopez MacLeod Malik Marsh Martin Mensah
        Meyer Miller Mitchell Moore Moreau Morgan Murphy Nakamura Nguyen Novak O'Brien Okafor Okoye Olsen Osei Park
        Patel Pereira Perez Peters Petrov Price Quinn Rahman Reid Reyes Ricci Roberts Robinson Rossi Russo Santos
        Schmidt Schneider Scott Shah Sharma Silva Singh Smith Sokolov Stein Stewart Sullivan Suzuki Tanaka Taylor
        Thompson Turner Underwood Vargas Vogel Walker Wallace Weber Whitfield Williams Wilson Wong Wright Yilmaz Young
    """)
    ).split()
)
TOWNS = (
    "Leeds", "Bristol", "Cork", "Glasgow", "Austin", "Denver", "Phoenix", "Columbus", "Portland", "Tampa", "Fresno",
    "Boise", "Halifax", "Ottawa", "Calgary", "Brisbane", "Perth", "Adelaide", "Auckland", "Cape Town", "Nairobi",
    "Lagos", "Manchester", "Swansea", "Derby", "Norwich", "Savannah", "Toledo", "Buffalo", "Omaha", "Reno", "Tulsa",
    "Milwaukee", "Newcastle", "Dundee", "Galway", "Bergen", "Utrecht", "Ghent", "Lyon", "Porto", "Turin",
)  # fmt: skip
_UNLIKE_THE_NAME = 0.3
_MAIL_HOSTS = lines("""
    gmail.com
    gmail.com
    yahoo.com
    outlook.com
    hotmail.com
    web.de
    icloud.com
    aol.com
    gmx.de
    btinternet.com
    protonmail.com
    mail.ru
    yandex.ru
    yahoo.co.id
""")
_WORDS = lexicon("""
@word
sunny | night | wolf | pixel | rusty | quiet | blue | happy | garden | coffee | tiger | moon | rebel | gamer | honey
lucky | river | cosmic | lazy | dancing | silver | angry | sweet | little | mega | dark | crazy | retro | vinyl | skate
metal | cat | dog | panda | fox | bear | ninja | potato | waffle | taco | pickle | cloud | storm | echo | raven | ghost
biker | baker | runner | reader | hiker | mama | papa | nana | geek | nerd | fan
@number
| | {1-2024} | {10-99}
@street
Maple | Oak | Church | Station | Mill | Park | High | Cedar | Willow | Queen | King | Elm | Birch | Lake | Hill
Chestnut | Victoria | Lincoln | Orchard | Meadow | Grove | Ash
@kind
Street | Road | Avenue | Lane | St | Rd | Ave | Drive | Close | Court | Way | Place
@trade
Bakery | Pottery | Books | Garden Nursery | Bike Repair | Photography | Yarns | Farm | Cafe | Woodwork | Guitar Lessons
Physio | Honey | Ceramics | Travel Notes | Kitchen
@handle
{word}{word}{number} | {word}_{word}{number} | {^word}{^word}{number} | xX{word}{word}Xx | {lower}{60-2012}
{first}.{initial}
@person
{first} {last} | {first} {last} | {first} {last} | {first} {last} | {first} | {first} | {lower} | {first} {initial}.
{handle} | {handle} | Anonymous | {initial}.{initial}. | | {first} from {town}
@business
{last} {trade} | {first}'s {trade} | {first} ({last} {trade}) | {first} @ {last} {trade} | The {last} {trade} Blog
@d3
{100-999}
@area
{201-989}
@phone
({area}) 555-{1000-9999} | {area}-{d3}-{1000-9999} | +1 {area} {d3} {1000-9999} | 07{d3} {d3}{d3} | +44 7{d3} {d3}{d3}
01{10-99}2 {d3}{d3} | {area}{d3}{1000-9999} | +49 17{0-9} {1000000-9999999} | {area}.{d3}.{1000-9999}
0{30-89} {d3}{d3}
@mobile
+{234|91|44|1|62|7|90|55|86|27|212|371}{100000000-9999999999}
@address
{1-2400} {street} {kind}{|, {town}|, Apt {1-40}|, {town} {10000-99999}|, flat {1-9}}
{street} {kind} {1-240}{|, {town}|, second floor}
@letter
A | B | C | D | E | F | G | H | J | K | L | M | N | P | R | S | T | V | W | X | Y | Z
@plate
{letter}{letter}{10-99} {letter}{letter}{letter} | {letter}{letter} {letter}{letter} {100-9999}
{100-999}-{letter}{letter}{letter}
""") | {
    "first": FIRST_NAMES,
    "last": LAST_NAMES,
    "town": TOWNS,
    "lower": tuple(name.lower() for name in FIRST_NAMES),
    "initial": tuple("ABCDEFGHJKLMNOPRSTVWYZ"),
}


def _written(slot: str) -> Callable[[Random], str]:
    return lambda chance: Pen(chance, [_WORDS], {}).write(f"{{{slot}}}")


first_name = _written("first")
last_name = _written("last")
town = _written("town")
handle = _written("handle")
"""A nickname such as a video site shows."""
person = _written("person")
"""An author's name as people fill the field in, from the full name to nothing at all."""
business = _written("business")
"""A small business or a blog that signs with its name, alone or after the person's."""
phone = _written("phone")
"""A telephone number in one of the ways people write them; nobody's on purpose."""
mobile_abroad = _written("mobile")
"""A number with a country code, run together as messenger spam has it."""
street_address = _written("address")
plate = _written("plate")
"""A number plate."""


def full_name(chance: Random) -> str:
    return f"{first_name(chance)} {last_name(chance)}"


def email(chance: Random, name: str) -> str:
    """An address that may or may not go with the name."""
    joined = name.lower().replace(" ", chance.choice((".", "", "_")))
    stem = "".join(
        character for character in joined if character.isascii() and (character.isalnum() or character in "._")
    )
    stem = stem.strip("._")
    if not stem or chance.random() < _UNLIKE_THE_NAME:
        stem = handle(chance).lower()
    return f"{stem}{chance.choice(('', '', str(chance.randrange(1, 999))))}@{chance.choice(_MAIL_HOSTS)}"


def any_email(chance: Random) -> str:
    return email(chance, full_name(chance))
