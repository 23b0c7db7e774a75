# ruff: noqa: E501 - a template a line
"""Other people's data, or one's own, put where all can read it; and numbers that are nobody's secret."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

PAGES = ("ketamine", "recovery", "news", "health", "video", "home", "parents", "sports", "code", "money")
WORDS = lexicon("""
@workplace
the {Lidl|Tesco|bank|post office|pharmacy|school|council office|hospital|bakery|garage|gym|library} in {town} | St {first}'s hospital | {last} & Sons in {town} | the front desk of the {last} clinic | the night shift at the {town} depot | class {5-10}b at {town} school
@condition
is HIV positive | has bipolar disorder | was in rehab twice | takes {medicine} {5-80/5} mg | had an abortion {ago} | is in treatment for heroin | tested positive for cocaine | has schizophrenia | was in the psychiatric ward at {place} | has herpes | had a miscarriage in {January|May|October} | is on methadone | has a gambling problem and owes {price}
@intro
For everyone who wants to know who wrote this: | Let's see how brave he is: | Here is the doctor's address: | In case someone wants to pay a visit: | She hides behind a nickname, but | Her real name is | The guy behind this account is | You're welcome: | Public service announcement: | Found him. | I looked her up. | My neighbour | The nurse who gave me the infusion is | This is the man who cheated me: | My ex is on this forum too, | So that everyone knows:
@own
You can reach me on {phone} | My number is {phone} | my e-mail is {email} | write to me at {email} | I live at {address} | call me after six, {phone} | my mobile: {phone}, ask for {first} | please send the leaflet to {name}, {address} | text me on {phone} | contact me: {email}
@why
if you want to talk | I'd be glad of company at meetings | because I can't find the form | about the sofa | I have the same problem | for the group in {town} | about the clinic | any time | I'm looking for others with this | please, I need someone to talk to | about the job as a {job}
@line
Samaritans 116 123 | the crisis line 988 | SAMHSA 1-800-662-4357 | Lifeline 13 11 14 | the Telefonseelsorge on 0800 111 0 222 | the council's office, 01{100-999} {100000-999999} | the clinic's switchboard 0{100-999} {2000000-9999999} | poison control 1-800-222-1222 | NHS 111 | the tax office hotline 0300 200 3300 | GamCare 0808 8020 133 | the surgery's appointment line | info@{host} | support@{host} | press@{host} | the ministry, Postfach {1000-9999}, Berlin | 10 Downing Street, London | the embassy at {1-300} High Street, {town} | the library on {1-99} Station Road
@number
my order number is {100000-99999999} | ticket #{10000-999999} still open | {1850-2023} to {1850-2023} | {20-900} mg over {20-60} minutes | {5-60}% of {200-9000} patients | ISBN 978-{1000000000-9999999999} | version {1-9}.{0-20}.{0-20} | error 0x{10000000-80000000} | table {1-9}, p. {10-400}, n={20-900} | {price} a month | bus {10-400} leaves at {6-22}:{10-59} | {0-4}-{0-4} after {90-120} minutes | IP 192.168.{0-9}.{1-254} | localhost:{3000-9000} | room {100-500}, floor {1-9} | section {1-99} of the {1980-2020} act | {50-120}kg at {150-200} cm | {1000-99999} views in {2-24} hours | invoice {2015-2024}-{100-9999} | chapter {1-40}, verse {1-30} | grid reference {100000-999999} | route {1-99}, km {2-80} | blood pressure {110-180}/{60-110} | flight {100-9000} was late | serial number {1000000-9999999}
@address2
{address} | {town} | born {1940-2004}
@class2
ask anyone in class {5-10} | and drinks | that's why the lessons are cancelled | pass it on
@question2
Where do I apply? | Is anyone from {town} here? | Can someone call me? | I'm interested. | Is the sofa still there? | Any meetings near {town}?
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "personal.address",
            210,
            bad=("personal_data",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {intro} {name}, {address}.
            {intro} {name} lives at {address}.
            {intro} {name}, {phone}, {address}
            {name} lives at {address}, drives a {grey|red|white|black} {Golf|Ford|BMW|Toyota|Audi}, plate {plate}.
            {first} {last}'s address is {address}, ring twice.
            {address}. That's where {first} lives, yellow door.
            {name} born {1-28}.{1-12}.{1950-2005}, {address}
            His kids go to the school opposite {address}. Name is {name}.
            @{handle} is really {name} of {address}
            {topic}? Ask {name}, {address}, {phone}
            does {name} still live at {address}?
        """),
        ),
        Family(
            "personal.contact",
            175,
            bad=("personal_data",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {intro} {name}, {phone}
            {intro} {name}, {email}
            {first}'s number is {phone}, call {him|her} and ask.
            {intro} {phone}, {email}. Tell {him|her} what you think.
            Dr {last}'s private mobile is {phone}, the clinic never answers.
            here's {first} {last}'s e-mail: {email}. flood it
            {name} ({phone}) sold me a broken boiler
            {relative}'s number is {phone}, {name}, please ring and cheer {him|her} up
            Her passport number is {100000000-999999999}, name {name}.
            {name}, IBAN DE{10-99} {1000-9999} {1000-9999} {1000-9999} {1000-9999} {10-99}, that's the landlord
            {name}'s social security number is {100-899}-{10-99}-{1000-9999}
            {intro} {name}, works at {workplace}, {phone}
        """),
        ),
        Family(
            "personal.work",
            160,
            bad=("personal_data",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {intro} {name} works at {workplace}.
            {intro} {name}, {22-64}, {job} at {workplace}. Write to the boss.
            {name} from {workplace} {condition}.
            My colleague {name} at {workplace} {condition}.
            {name} {condition}, I saw the file.
            I work at the surgery: {name}, {address2}, {condition}.
            {relative#1}, {name}, {condition}. {workplace} doesn't know yet.
            Did you know that {name} {condition}? Works at {workplace}.
            Our teacher {name} {condition}, {class2}
            {first} {last} who comments here as {handle} {condition} and works at {workplace}.
        """),
        ),
        Family(
            "personal.own",
            210,
            bad=("personal_data",),
            pages=PAGES,
            site=0.03,
            texts=lines("""
            {own}
            {hello} {own}, {why}. {bye}
            {own} {why}.
            I also had problems with {topic}. {own} {why}.
            {question2} {own}
            Thanks for the article. {own} {why}.
            {hello} I'm {name}, {address}. {own} {why}
            {name}, {22-80}, {town}, {phone}
            Lost my {dog|wallet|keys} near {address}, {own}
            Can the author call me? {own}
            {first}, {own} {why} {smile}
        """),
        ),
        Family(
            "honest.numbers.public",
            120,
            pages=PAGES,
            site=0.08,
            texts=lines("""
            You can ring {line}.
            {hello} call {line}. {bye}
            {line} helped me {ago}.
            Write to {line} and ask about {topic}.
            Has anyone reached {line} today? I waited {10-90} minutes.
            The address of {line} is on their website.
            The number in the article is wrong, it's {line}.
            {first}, try {line} first.
            Complaints go to {line}. They answered me within {2-9} days.
            {line} is open on {Mondays|weekends|holidays} too.
        """),
        ),
        Family(
            "honest.numbers.plain",
            120,
            pages=PAGES,
            site=0.1,
            texts=lines("""
            {number}
            {hello} {number}. {bye}
            {number}, {number}
            {topic}: {number}
            My {notes|receipt|leaflet|book|manual} says {number}.
            {first}, {number} if I remember right.
            {number}. Is that normal?
            {name} wrote about {topic} in {1950-2023}: {number}.
            {number} - thanks for {topic}!
            President {last} said so in {1960-2023}, {number}
            The author {name} was a guest at {town} library, {number}
        """),
        ),
    ),
)
