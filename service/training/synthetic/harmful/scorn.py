# ruff: noqa: E501 - a template a line
"""Contempt in the long form of news and video debates, and the criticism next to it that attacks the matter only."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@camp
liberals | conservatives | Republicans | Democrats | Tories | leftists | Trump voters | vegans | feminists | boomers | millennials | cyclists | landlords | teachers | journalists | politicians | anti-vaxxers | climate activists | bankers | atheists | believers | gamers | cops | lawyers | celebrities | fans of this band
@slam
are a bunch of brainless sheep | have the IQ of a doorknob | are cowards, every one of them | are too stupid to find their own shoes | are whining crybabies | should be ashamed to breathe | are the scum of the earth | make me want to throw up | are filthy hypocrites | are degenerate trash | are mentally defective | couldn't pour water out of a boot | are useful idiots, and not very useful | are a waste of skin | are inbred morons
@figure2
that senator | the prime minister | this reporter | the mayor | this so-called professor | that actress | the coach | the CEO | this preacher | the judge | the minister of health | our beloved president | this vlogger | the writer of this garbage
@jab
{figure2} is dumber than a box of rocks | {figure2} has the spine of a jellyfish | {figure2} is a pathological liar and a sleazy one at that | {figure2} belongs in a circus, not in office | {figure2} is a fat, bloated windbag | {figure2} must have slept through school | {figure2} is a disgusting excuse for a human being | {figure2} is a traitor and a rat | {figure2} should crawl back under his rock | {figure2} is a mindless puppet | {figure2} is a senile old fool | {figure2} is an ugly hag with a mouth like a sewer | {figure2} would sell his own mother for a vote | {figure2} has shit for brains | {figure2} is a spoiled little brat | {figure2} is nothing but a talentless attention whore | {figure2} is a creepy old pervert
@you_long
You obviously have no clue, and you're too thick to notice. | People like you shouldn't be allowed to vote, drive or breed. | Did you write that with your elbow, you ape? | You're either lying or stupid, and my money is on both. | I'd call you a tool but tools are useful. | Crawl back to your mother's basement. | You sound like a whiny little girl. | You are what's wrong with this country, you leech. | Keep licking boots, loser. | Nobody asked for the opinion of a failed abortion. | Go back under your bridge, troll. | You must be the dumbest person I have read today, and it's been a long day. | Learn to read, you illiterate fool. | What a pathetic little man you are. | Your stupidity is breathtaking. | You disgust me. | Hope you get fired and end up on the street, you parasite. | You're a sick, twisted individual. | Grow up, you spoiled brat. | Take your meds, psycho.
@fair
The plan is badly drafted and will not survive a court. | I think {figure2} is wrong about this, and here is why: the figures are from {2005-2020}. | {^figure2} voted against it in {2005-2022} and for it now. I'd like to hear the reason. | That argument is weak. | The speech was long, dull and short of facts. | I don't like the song, but she can sing. | {^camp} and I rarely agree, but on this they have a point. | I have voted for them all my life and I'm disappointed. | The performance was poor by any standard. | This decision is stupid and it will cost lives. | The film is a mess, the cast deserved better. | Your reasoning is circular: you assume what you want to show. | It's a terrible law, badly made. | I found the tone of this article arrogant. | What a horrible game, we lost every duel. | The comparison is lazy. | An awful idea, and an expensive one. | That is a cheap shot, {first}, and beneath you. | I can't stand this programme, so I turned it off. | You misread the graph; the axis starts at {40-90}. | It's disgusting how much rent they ask for that hole. | The food was vile, the waiter was lovely. | Your cat is ugly in the most adorable way. | I was an ignorant fool about this until I met someone it happened to.
@more
Just saying. | End of. | Prove me wrong. | And they wonder why no one listens. | Unbelievable. | Same old story. | Enough is enough. | Look it up. | This country... | Every. Single. Time. | I'm done here.
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "toxic.scorn.figure",
            100,
            bad=("toxicity",),
            pages=("news", "sports", "video"),
            site=0.01,
            texts=lines("""
            {jab}.
            {jab}. {more}
            {jab} and {jab}.
            {topic}... {jab}. {more}
            {more} {jab}.
            I watched it. {jab}.
            {jab}, and {camp} {slam}.
            Am I the only one who noticed that {jab}?
            {hello} {jab}.
        """),
        ),
        Family(
            "toxic.scorn.camp",
            85,
            bad=("toxicity",),
            pages=("news", "sports", "video"),
            site=0.01,
            texts=lines("""
            {camp} {slam}.
            {camp} {slam}. {more}
            {camp} and {camp} {slam}.
            {topic} proves it: {camp} {slam}.
            All {camp} {slam}, including you, {first}.
            If you are one of those {camp}, you {slam}.
            {you_long} {camp} {slam}.
        """),
        ),
        Family(
            "toxic.scorn.you",
            90,
            bad=("toxicity",),
            pages=("news", "sports", "video", "code", "recovery", "ketamine", "parents"),
            site=0.01,
            texts=lines("""
            {you_long}
            {you_long} {you_long}
            {first}, {you_long}
            {you_long} {more}
            "{topic}"? {you_long}
            {hello} {you_long}
            {more} {you_long}
            lol. {you_long}
        """),
        ),
        Family(
            "honest.criticism",
            125,
            pages=("news", "sports", "video", "culture", "code", "ketamine"),
            site=0.05,
            texts=lines("""
            {fair}
            {fair} {more}
            {fair} {fair}
            {first}, {fair}
            {topic}: {fair}
            {hello} {fair} {bye}
            {more} {fair}
            {fair} {topic} is no better.
        """),
        ),
    ),
)
