# ruff: noqa: E501 - a template a line
"""Indonesian: chatter under videos and everyday talk; gambling spam, insults, crises."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@orang
kak | bang | gan | mas | mbak | bro | guys | om | min | pak | bu | sis
@seru
wkwk | wkwkwk | 😂 | 🔥 | 😭 | hehe | anjay | mantap | keren | gokil | asik | 🙏 | ❤️ | | |
@bilang
lagunya enak banget | ngakak sampai nangis | suaranya bikin merinding | videonya lucu parah | kangen masa kecil | ditunggu part dua | pertama kali nonton langsung suka | editannya halus | kasihan kucingnya | jadi lapar lihat ini | ibuku suka resep ini | hujan terus di {kota} | sudah coba dan berhasil | baru bangun langsung nonton | gurunya baik banget | macetnya parah hari ini | timnas main bagus semalam | wasitnya aneh | aku dari {kota} hadir | semoga sehat selalu | terima kasih ilmunya | jalan kaki ke sekolah jauh banget | kok bisa ya | ceritanya sedih
@kota
Bandung | Surabaya | Medan | Makassar | Jogja | Semarang | Palembang | Malang | Denpasar | Padang
@tanya
ini lagu apa ya? | belinya di mana? | pakai aplikasi apa? | berapa lama masaknya? | ada subtitle nggak? | kapan upload lagi? | siapa yang nonton tahun {2020-2026}? | obatnya aman nggak buat ibu hamil? | berapa dosisnya? | BPJS menanggung nggak? | klinik resminya di mana?
@pulih
aku dulu kecanduan judi online, sekarang sudah {2-20} bulan bersih | gara-gara slot rumah tanggaku hancur | suamiku habis {2-90} juta di judi | jangan main slot, semuanya settingan | adikku meninggal karena overdosis | dulu aku minum tiap hari | dulu pernah ingin mati, sekarang bersyukur masih hidup | sertraline {25-100/25} mg bikin mual di minggu pertama | biayanya {1-9} juta sekali terapi, mahal banget | judi itu penyakit, tolong berhenti {orang} | kalau butuh bantuan, hubungi 119 ekstensi 8
@situs
{gacor|hoki|maxwin|raja|dewa|sultan|bola|mega|royal|lucky|naga|zeus|cuan|jitu|mpo}{slot|bet|toto|4d|88|77|99|jp|win|play|138|303|78|777}
@judi
main di {situs} langsung {maxwin|cuan|jackpot|wd|JP} | deposit {10-50/5} ribu jadi {2-9} juta di {situs} | {situs} gacor hari ini | situs paling gacor cuma {situs} | {situs} bonus new member 100% | kemarin menang {5-90} juta di {situs} | daftar sekarang di {situs} | slot gacor {situs} RTP {95-99}% | scatter turun terus di {situs} | modal receh hasil jutaan, {situs} | percaya {situs}, pasti dibayar | cari di google {situs} | {situs} anti rungkad | agen bola dan togel {situs} terpercaya | gaji habis? ke {situs} aja | berkat {situs} bisa beli motor
@jual
obat kuat tanpa resep | pinjaman online cepat cair | followers murah | jasa SEO | pelet ampuh | pesugihan tanpa tumbal | obat pembesar | kerja sampingan {100-900/50} ribu per hari | investasi untung 30% per minggu | ijazah asli tanpa kuliah | peninggi badan | pulsa gratis
@kontak
WA {mobile} | klik {shorturl} | cek bio | link di profil | telegram @{handle} | {spamurl} | {spokenhost} | hubungi {email}
@kasar
goblok | tolol | bego | bangsat | anjing | babi | kampret | monyet | sampah | otak udang | bajingan | dungu | muka badak | idiot | pengecut | jelek | munafik
@mati
aku ingin mati | aku mau bunuh diri | lebih baik aku nggak ada | aku sudah nggak kuat hidup | obatnya sudah di depanku | malam ini aku akhiri semuanya | nggak ada yang peduli kalau aku hilang | aku cuma beban keluarga | aku menyayat tangan lagi | maafkan aku ibu, selamat tinggal | aku pengen tidur dan nggak bangun lagi | umurku {12-17} dan aku ingin mati
@ancam
gue tahu rumah lo | awas lo ketemu di jalan | gue bunuh lo | tunggu aja, gue datang ke sekolah lo | gue bakar rumah lo | hati-hati pulang malam
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "id.honest.video",
            140,
            lang="id",
            pages=("id.video", "id.video", "video", "sports", "recipes", "travel"),
            author="handle",
            texts=lines("""
            {bilang} {seru}
            {bilang} {orang} {seru}
            {seru} {bilang}
            {tanya} {seru}
            {orang} {tanya}
            {bilang}, {bilang}
            {orang} {bilang}, {tanya}
            hadir {orang} {seru}
            {first} {bilang} {seru}
            {bilang}. {tanya}
        """),
        ),
        Family(
            "id.honest.recovery",
            95,
            lang="id",
            pages=("id.pulih", "id.pulih", "recovery", "ketamine", "health", "medicine"),
            texts=lines("""
            {pulih}
            {pulih} {orang}
            {pulih}. {pulih}
            {orang}, {pulih}
            {pulih}. {tanya}
            terima kasih artikelnya, {pulih}
            {tanya}
        """),
        ),
        Family(
            "id.spam.gambling",
            135,
            lang="id",
            bad=("spam",),
            pages=("id.video", "id.video", "video", "sports", "recovery", "news"),
            author="handle",
            texts=lines("""
            {judi} {seru}
            {judi}
            {judi}, {judi}
            {bilang}, {judi}
            {orang} {judi} {seru}
            {seru} {judi} {kontak}
            {judi} {kontak}
            aku nggak nyangka {judi} {seru}
            {bilang} {seru} {situs}
            {situs} {situs} {situs}
            makasih {situs}, {judi}
        """),
        ),
        Family(
            "id.spam.shop",
            85,
            lang="id",
            bad=("spam",),
            pages=("id.video", "id.video", "video", "health", "news", "ketamine"),
            author="handle",
            site=0.2,
            texts=lines("""
            {jual} {kontak}
            {jual}, {jual}. {kontak}
            {bilang}. {jual} {kontak}
            butuh {jual}? {kontak}
            {orang} {jual}, {kontak} {seru}
            dulu aku susah, sekarang sukses berkat Mbah {first}. {kontak}
            {kontak} untuk {jual}
        """),
        ),
        Family(
            "id.toxic.insult",
            85,
            lang="id",
            bad=("toxicity",),
            pages=("id.video", "id.video", "video", "news", "sports"),
            author="handle",
            texts=lines("""
            dasar {kasar}
            {kasar} lo
            {orang} {kasar} banget sih
            otak lo di mana, {kasar}
            {kasar}, {kasar}, mati aja lo
            muka kayak {kasar} gitu sok pintar
            diam lo {kasar}
            {first} {kasar} {kasar}
            penontonnya {kasar} semua
            suara kayak {kasar}, berhenti nyanyi
        """),
        ),
        Family(
            "id.crisis",
            75,
            lang="id",
            bad=("crisis",),
            pages=("id.pulih", "id.pulih", "health", "ketamine", "recovery", "video"),
            texts=lines("""
            {mati}
            {mati}. {mati}
            {orang} {mati}
            {pulih}. {mati}
            tolong, {mati}
            capek banget, {mati}
        """),
        ),
        Family(
            "id.threat",
            45,
            lang="id",
            bad=("threat", "toxicity"),
            pages=("id.video", "id.video", "video", "news", "sports"),
            author="handle",
            texts=lines("""
            {ancam}
            {ancam} {kasar}
            {ancam}, {ancam}
            {kasar} {ancam}
            {first} {ancam}
        """),
        ),
    ),
)
