# ruff: noqa: E501 - a template a line
"""Quarrels on discussion pages and in threads: foul-mouthed attacks beside stubborn, annoyed but decent replies."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

PAGES = ("code", "culture", "news", "video", "games", "sports", "recovery", "home")
WORDS = lexicon("""
@slap
you suck | fuck off and leave my posts alone | go fuck yourself | suck my dick | kiss my fat ass | eat a bag of dicks | your mum is a whore | you're a fucking disgrace | stop deleting my comments you nazi prick | ban me again, see if I care, you power-tripping loser | all the admins here are fags | what a faggy comment | gay as hell, this | you write like a retard | get a job you bum | go back to kindergarten | you're full of shit | you smell and everyone knows it | lick my balls | you're a fucking virgin and you'll die one | no one asked you, fatso | you dumb cunt | jerk off somewhere else | die in a fire | go kill yourself | I hope you get cancer | hope your dog gets run over | nobody would cry if you choked | you're nothing but a paid shill and a liar | i shit on your opinion | hey moron, learn to spell | you people are fucking insane | pull your head out of your ass | you're a joke of a moderator | bunch of dickheads | look at this crybaby | fuck this site and everyone on it | bullshit, and you're a bullshitter | tiny brain, tiny dick, big mouth | you stupid little bitch | don't you have a toilet to clean, peasant? | take a bath, hippie | u r so gay lol | ugly fat slob | dirty whore | stfu noob trash | you absolute muppet of a human | what kind of drugs are you on, asshole?
@calm2
I've undone your change because the source doesn't say that. | Please stop removing my comment, I gave a reason each time. | This isn't the place for your campaign. | You've been asked twice to cite something. | I think we're talking past each other. | I resent being called biased, I've spent hours on this. | That isn't what I wrote, please read it again. | Could a moderator step in? | Your tone isn't helping. | I'm not going to repeat myself. | Let's agree to disagree and move on. | The sentence in question was added in {2006-2022} without any reference. | Being rude doesn't make you right. | I was annoyed yesterday and I apologise for my choice of words. | This thread has gone in circles for {2-9} days. | I don't care who started it, stop it, both of you. | Who made you the boss of this page? | I find it hard to believe that you've read the book. | No, I won't drop it, it's wrong. | You are entitled to your opinion, not to your own facts. | That is an accusation, and you should back it up or withdraw it. | Frankly I'm sick of this discussion. | I asked a simple question and got a lecture. | Why was my edit called vandalism? | Thanks for catching that, I'd misread the table. | Okay, I stand corrected. | I'll leave it as it is then. | Merging both sections would solve this. | Why was I blocked? I only added a comma. | I object, strongly. | Don't template the regulars. | You could simply say you don't like it. | Old habits, I guess. | The picture has no licence, so it has to go. | It's a stupid rule but it is the rule. | Damn, you're right.
@end2
Period. | Again. | Good night. | As I said. | Sigh. | Thanks. | Seriously. | Your turn. | For the record. | {first}
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "toxic.quarrel",
            235,
            bad=("toxicity",),
            pages=PAGES,
            site=0.01,
            texts=lines("""
            {slap}
            {slap}, {first}
            {slap} and {slap}
            {slap}. {slap}.
            {first}: {slap}
            {hello} {slap}
            {calm2} {slap}
            {slap} {end2}
            {topic}? {slap}
            {slap}! {slap}!
            "{calm2}" lol {slap}
            I read what you wrote about {topic}. {slap}
        """),
        ),
        Family(
            "honest.quarrel",
            235,
            pages=PAGES,
            site=0.06,
            texts=lines("""
            {calm2}
            {calm2} {calm2}
            {calm2} {end2}
            {first}, {calm2}
            {hello} {calm2} {calm2}
            {topic}: {calm2}
            {calm2} {calm2} {calm2} {end2}
            I read what you wrote about {topic}. {calm2}
            {end2} {calm2}
        """),
        ),
    ),
)
