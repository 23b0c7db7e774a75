# ruff: noqa: E501 - a template a line
"""Promotion of oneself: channels, songs, petitions for views, dating bait, chain letters."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@mine
my channel | my new song | my cover of this | my first video | my gaming channel | my remix | my mixtape | our band | my vlog | my beats | my page | my comedy skits | my prank video | my makeup tutorials | my latest track | my playlist | my podcast | my animation | my giveaway
@ask
check out {mine} | please subscribe | sub to me and I'll sub back | go watch {mine} | give {mine} a chance | like and share {mine} | come visit {mine} | help me reach {100-9000/100} subs | drop a like on {mine} | listen to {mine}, you won't regret it | follow me @{handle} | spread the word about {mine} | thumbs up so people can see {mine} | please take one minute for {mine} | subscribe to {mine} right now | look at {mine} on my page | sub 4 sub
@sob
I'm just a {13-24} year old with a dream. | I know everyone hates this kind of comment but | I don't have money for advertising. | It would mean the world to me. | I work really hard on my videos. | I'm not asking for much. | Just one like can change my life. | I know you'll probably ignore this. | We are a small band from {town}. | You have nothing to lose. | Thank you so much, God bless. | I promise quality. | New uploads every {Monday|Friday|week}.
@give
free {v-bucks|robux|gems|skins|gift cards|followers|likes|diamonds} | {10-900/10} free followers | free iPhone giveaway | unlimited coins | free movies in HD | mod apk | free Netflix accounts | cheats and hacks
@lure
I'm lonely tonight, | single girl here, | my pics are on | want to see more of me? | 18+ only, | chat with me now, | my private videos: | hot videos at | looking for a serious man, | add me,
@chain
Copy and paste this to {5-20} videos or {your mother will die in four hours|you will have bad luck for {3-9} years|nobody will ever love you}. | Send this to {10-20} friends and your crush will kiss you tomorrow. | If you don't repost this a ghost will stand by your bed tonight. | Share this with {5-25} people and money will come to you in {2-9} days. | Type your crush's name backwards, then press F5 and post this on {3-9} other videos.
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "spam.promo.channel",
            115,
            bad=("spam",),
            pages=("video", "games", "sports"),
            author="handle",
            site=0.05,
            texts=lines("""
            {ask}
            {ask} {smile}
            {ask}! {sob}
            {sob} {ask}
            hey guys, {ask} and {ask}
            {topic} is great, but {ask}
            nice video! {ask}
            if you like {topic} you'll love {mine}. {ask}
            {sob} {ask}, {ask}. {sob}
            {ask}: {knownurl}
            {knownurl} {mine}
            {mine} {knownurl} {ask}
            {first} is awesome! btw {ask}
            hi everyone, we just uploaded {mine}. {ask} {smile}
            I do covers and remixes, {ask}
            who wants to hear {mine}? {ask}
            {topic} inspired me to make {mine}, {ask}
            OMG this song. {ask} {knownurl}
            SUBSCRIBE TO {handle} !!!
            {ask} >>> {handle} <<<
        """),
        ),
        Family(
            "spam.promo.free",
            80,
            bad=("spam",),
            pages=("video", "games", "sports"),
            author="handle",
            site=0.1,
            texts=lines("""
            {give} here: {shorturl}
            get {give} at {spamhost}
            I got {give}, no survey! {spamurl}
            {give} → {shorturl} works {2014-2025}
            want {give}? click my name
            {give}!!! {ask} then {shorturl}
            Facebook will start charging, stop it: {shorturl}
            watch the full movie {spamurl}
            download this song free {spamurl}
            vote for us in the {band|photo|talent} contest {shorturl} {smile}
            Buy real subscribers and views at {spokenhost}
            sign this petition and win {give} {shorturl}
            {give} legit, I tried it {smile} {spokenhost}
        """),
        ),
        Family(
            "spam.promo.lure",
            75,
            bad=("spam",),
            pages=("video", "news", "games", "sports", "travel"),
            author="handle",
            site=0.1,
            texts=lines("""
            {lure} {spamurl}
            {lure} {shorturl} {smile}
            Hi, I'm {first}, {18-34}. {lure} {spokenhost}
            {lure} whatsapp {mobile}
            {lure} telegram @{handle}
            I am {first} from {town}, {lure} {email}
            {topic}? boring. {lure} {shorturl}
            hello dear, {lure} {email}. I saw your profile and have something important to tell you.
            {smile}{smile} {lure} {handle} {smile}
        """),
        ),
        Family(
            "spam.promo.chain",
            60,
            bad=("spam",),
            pages=("video", "games"),
            author="handle",
            site=0.0,
            texts=lines("""
            {chain}
            Sorry but I'm scared. {chain}
            DON'T READ THIS. {chain}
            {topic}. {chain}
            {chain} {smile}
            {chain} This is not fake, {first} ignored it and {died|lost everything|broke a leg}.
        """),
        ),
    ),
)
