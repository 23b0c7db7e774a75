# ruff: noqa: E501 - a template a line
"""Hate against groups in the forms that functional tests ask for, hardly a slur in it; twins are in honest.identity."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

PAGES = ("news", "faith", "video", "sports", "parents")
WORDS = lexicon("""
@bad
disgusting | inferior | liars | lazy | stupid | criminals | a disease | evil | dirty | not fully human | a burden | perverts | parasites | mentally ill | savages | thieves | a plague | worthless | rapists | dangerous | unnatural | backward | greedy | filthy | subhuman | weak | all the same | an insult to nature | a stain on this country | good for nothing
@beast
rats | vermin | cockroaches | animals | monkeys | leeches | dogs | a virus | a cancer | weeds | locusts | pigs | worms | maggots | insects | trash | scum | swine
@out
should be deported | have no place in this country | don't belong here | should not be allowed to vote | should be locked up | must be kept away from our children | should be banned from schools | should never have been let in | ought to be sterilised | should be put in camps | need to be removed | should not have the same rights as us | should be put back in their place | should be kept out of our town | must not be allowed to adopt | don't deserve treatment before our own people | should be driven out | should stay in the kitchen
@does
are ruining this country | are taking over | only come for the money | breed like rabbits | bring crime wherever they go | are destroying our culture | can't be trusted | are behind all of it | live off our taxes | smell | are brainwashing our kids | hate us | are too dumb to learn the language | control the banks and the papers | are all on drugs | spread disease | don't know how to work | turn every street into a slum | will never be one of us | want special treatment | whine all day
@imply
Funny how the crime rate always moves in with {identity}. | You can always tell when {identity} moved in next door, lock up the bikes. | When {identity} move in, I move out. | I wouldn't let {identity_one} near my children, that's all I'm saying. | There was a time when you didn't see {identity} here, and it was a better time. | Guess who is behind the banks again. {^identity}, as always. | Somebody had to clean up after the {identity} left, it took bleach. | I've got nothing against {identity}, as long as they stay where they came from. | Of course it was {identity_one}, who else steals. | Evolution forgot about {identity}. | God made {identity} as a warning. | We all know what {identity} are like. | Can't expect {identity} to understand that, can you. | {^identity} call it culture, I call it a smell. | If {identity} disappeared tomorrow, nobody would miss them. | A country that lets {identity} in deserves to go under. | {^identity_one} as a doctor? I'd rather bleed. | My dog is cleverer than {identity_one}.
@anger
I hate | I despise | I can't stand | I loathe | I'm sick of | I detest | I fucking hate | it makes me sick to look at | I have no respect for | I've had enough of
@disclaim
I'm not racist but | Call me what you want, | No offence, | I'm just saying what everybody thinks: | It's a fact: | In my opinion | I honestly think | Everyone knows that | Sorry, but | History teaches that | Let's be honest, | Science shows that | As a taxpayer I say | Wake up, people:
@fine_mock
equal to us | normal | welcome | clever | our neighbours | victims | wonderful | real men | real women | trustworthy | part of us
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "toxic.hate.derogate",
            90,
            bad=("toxicity",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {identity} are {bad}.
            {identity} are {bad} and {bad}.
            {disclaim} {identity} are {bad}.
            {anger} {identity}.
            {anger} {identity}. They are {bad}.
            {anger} {identity} because they {does}.
            {identity} {does}.
            {disclaim} {identity} {does}.
            Why are {identity} so {bad}?
            You are {identity_one}, so you must be {bad}.
            {identity_one} can't be anything but {bad}.
            I have met {identity}. They are {bad}, they {does}.
            There is nothing good about {identity}. They {does}.
            Nobody {likes|wants|trusts} {identity}, because they are {bad}.
            Being {identity_one} means being {bad}.
            {topic} shows it again: {identity} are {bad}.
            {identity}. {^bad}, every single one of them.
            Am I the only one who thinks {identity} are {bad}?
            Isn't it obvious that {identity} {does}?
            {identity} are not like us. They are {bad}.
            {identity} are no {angels|victims|equals}. They {does}.
        """),
        ),
        Family(
            "toxic.hate.dehumanise",
            75,
            bad=("toxicity",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {identity} are {beast}.
            {identity} are nothing but {beast}.
            {disclaim} {identity} are {beast}.
            {identity} live like {beast} and {does}.
            To me {identity} are {beast}. I can't see them as people.
            {identity} are like {beast}, they {does}.
            {beast}, that's what {identity} are.
            We have to get rid of the {beast}, I mean {identity}.
            {identity} aren't people, they're {beast}.
            Treat {identity} like the {beast} they are.
            {topic}? Full of {beast}. {identity}, I mean.
            You can't call {identity_one} human.
            How can anyone marry {identity_one}? You don't marry {beast}.
        """),
        ),
        Family(
            "toxic.hate.exclude",
            75,
            bad=("toxicity",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {identity} {out}.
            {disclaim} {identity} {out}.
            {identity} {out}. They are {bad}.
            {identity} {out} because they {does}.
            When will somebody finally say it: {identity} {out}.
            Why do {identity} still live here? They {out}.
            Send all {identity} {home|back|away|to the moon}.
            Give the jobs back to us, {identity} {out}.
            Close the {mosques|synagogues|shelters|clubs|camps}. {identity} {out}.
            {identity} and {identity} {out}.
            {topic} would be solved if {identity} were gone. They {out}.
            Do {identity} {deserve rights|belong in a school|need to be treated}? No. They {out}.
            If you are {identity_one}, leave. You {out}.
        """),
        ),
        Family(
            "toxic.hate.implicit",
            70,
            bad=("toxicity",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {imply}
            {imply} {imply}
            {disclaim} {imply}
            {topic}. {imply}
            {hello} {imply}
            lol {imply}
            {first}, {imply}
        """),
        ),
        Family(
            "toxic.hate.reference",
            75,
            bad=("toxicity",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            I saw {identity} at the {station|market|school|park} again. I want them gone, all of them.
            {identity} moved in next door. {anger} these {beast}.
            They call themselves {identity}. I call them {beast}.
            {identity} want respect. They'll get none from me, they are {bad}.
            {identity} are {fine_mock}. Just kidding, they {out}.
            Some people love {identity}. I'm not one of them, they {does}.
            I wouldn't say that {identity} are good people. Not one of them.
            {identity} deserve nothing. They {does}.
            {identity} will never be {fine_mock}.
            No, {identity} are not {fine_mock}, and they {out}.
            {identity_one} asked me for directions. I don't talk to {beast}.
            The article says {identity} suffer. Good. They are {bad}.
            My taxes for {identity}? They {does}. Not one cent more.
            You married {identity_one}? You are as {bad} as they are.
            {identity} whine about {topic}. Let them rot.
            A {fucking|goddamn|bloody} shame that {identity} exist.
            Fuck {identity}. Fuck all of them.
            {identity} can go to hell.
        """),
        ),
    ),
)
