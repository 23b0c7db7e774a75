# ruff: noqa: E501 - a template a line, as long as a sentence is
"""Words that many families share: times, people around us, drugs, money, greetings."""

from service.training.synthetic.grammar import lexicon

COMMON = lexicon("""
@relative
my brother | my sister | my mum | my mom | my dad | my husband | my wife | my partner | my son | my daughter | my best friend | my cousin | my flatmate | my ex | my uncle | my boyfriend | my girlfriend | my neighbour | my stepdad | a close friend | my nephew | my niece | my aunt
@ago
last {week|month|year|spring|summer|autumn|winter|Tuesday|weekend} | {2-9} {days|weeks|months|years} ago | a couple of {weeks|months|years} ago | back in {2009-2023} | in {January|March|May|June|August|October|November} | about a year ago | when I was {16-58} | over the holidays | not long ago
@span
{2-11} {days|weeks|months|years} | nearly {2-9} years | about {3-20} months | most of my life | six weeks | half a year | a decade | a few months | the whole winter | since {2008-2023}
@often
every day | twice a week | most mornings | now and then | on weekends | every other night | once a month | almost daily | whenever I can | less and less
@drug
ketamine | esketamine | alcohol | heroin | cocaine | oxycodone | methadone | buprenorphine | fentanyl | meth | cannabis | Xanax | diazepam | tramadol | codeine | MDMA | Adderall | kratom | nicotine | pregabalin | crack | hydrocodone | morphine | spice | GHB
@medicine
sertraline | fluoxetine | escitalopram | venlafaxine | duloxetine | bupropion | mirtazapine | lithium | lamotrigine | quetiapine | aripiprazole | naltrexone | Suboxone | gabapentin | pregabalin | trazodone | citalopram | Spravato | Vyvanse | methylphenidate | propranolol | metformin | Ozempic | levothyroxine | spironolactone | isotretinoin | doxycycline | Nexplanon | Mirena | Yaz | tramadol | oxycodone | clonazepam | zolpidem | topiramate | acamprosate | buspirone | paroxetine | amitriptyline | prednisone | omeprazole | Chantix | phentermine | Contrave
@dose
{5-80/5} mg | {10-400/10}mg | {25-150/25} milligrams | half a tablet | {1-4} tablets | {0-1}.{2-9} mg per kilo | a low dose | {50-300/50} mg | {2-16/2} mg | the lowest dose | {20-120/10} mg twice a day
@place
the clinic | the hospital | our GP's surgery | a private clinic in {town} | the day unit | A&E | the pain clinic | detox | rehab | a residential place near {town} | the university hospital | an outpatient program
@price
${40-900/10} | £{30-650/5} | {200-3000/50} dollars | €{50-900/10} | {60-600/20} euros | {2-9} grand | ${1-6},{100-900} | £{1-4}k
@emotion
sad | angry | relieved | hopeful | exhausted | numb | grateful | embarrassed | lonely | scared | proud | lost | calm | hollow | ashamed | furious | tired
@hello
Hi all, | Hi, | Hello, | Hey | Good morning. | Hey everyone, | Hi {first}, | Dear {first}, | Hello from {town}! | | | | | |
@bye
Thanks! | Thank you. | Take care. | All the best, {first} | Cheers | Best wishes from {town} | x | Thanks in advance. | Just my two cents. | Sorry for the long post. | Greetings, {first} | | | | | | | | | |
@smile
:) | :-) | ;) | 😊 | 🙏 | ❤️ | 👍 | 😂 | 🙌 | 💪 | :D | 😅 | 🥰 | xx | <3 | | | |
@sadface
:( | 😢 | 💔 | 😞 | :-( | 🕊️ | | | |
@job
nurse | teacher | electrician | paramedic | bus driver | accountant | chef | social worker | student | carpenter | midwife | librarian | welder | software developer | pharmacist | farmer | counsellor | plumber | cleaner | retired engineer | researcher | psychologist | GP | lawyer
@identity
gay people | Muslims | Jews | black people | trans people | women | disabled people | immigrants | refugees | lesbians | Asians | Mexicans | Christians | Hindus | Roma people | Arabs | Indians | Africans | bisexual people | autistic people | old people | Latinos | Poles | Chinese people | Black women | trans women | gay men | deaf people | blind people | foreigners | asylum seekers
@identity_one
a gay man | a Muslim | a Jew | a black man | a trans woman | a woman | a disabled person | an immigrant | a refugee | a lesbian | an Asian woman | a Mexican | a Christian | a Hindu | a Sikh | an Arab | a trans guy | a queer teenager | a Black mother | a wheelchair user | an autistic adult | a deaf student | a Turkish neighbour | a Polish builder | a Somali taxi driver | an Indian doctor
""")
