# ruff: noqa: E501 - a title and an excerpt a line
"""German and Indonesian pages, in the same kinds."""

from service.training.synthetic.shelves import shelf

SHELVES_ABROAD = {
    "de.leben": shelf(
        "krumeundkruste.de langsamreisen.net beetgefluester.de",
        """
        Sauerteigbrot über Nacht
        Tomaten im kurzen Sommer
        Mit dem Nachtzug nach {town}
        Unser altes Haus: das Dach
        Warum dein Skript so langsam ist
        Bücher, die ich zweimal lese
        """,
        """
        Mehl, Wasser, Salz und Geduld. Den Rest macht der Kühlschrank, und morgens wird gebacken.
        Wir haben zwei Jahre lang alles aufgeschrieben, was schiefging. Es ist ein langer Text geworden.
        """,
        "das Rezept | die Tomaten | der Nachtzug | das Dach | der Teig | das zweite Foto | der Schluss | das Skript | die Schnecken",
    ),
    "de.hilfe": shelf(
        "suchtundwege.de klarwerden.org nuechtern.blog",
        """
        Ketamin gegen Alkoholsucht: was weiß man?
        Spielsucht: Erfahrungen von Betroffenen
        Was eine Ketamin-Infusion kostet
        Wenn Angehörige trinken
        Sertralin: Erfahrungsberichte
        Depression: wo man Hilfe findet
        """,
        """
        Eine einzelne Infusion zusammen mit Psychotherapie senkte in einer kleinen Studie die Zahl der Trinktage.
        Rückfälle gehören dazu. Erzählt hier, was euch geholfen hat. Bitte keine Links zu Wettanbietern.
        """,
        "der Suchtdruck | die Infusion | der Rückfall | die Kosten | die Krankenkasse | die Nebenwirkungen | die Angehörigen | die Spielsperre",
    ),
    "de.news": shelf(
        "stadtanzeiger-nord.de tagesblick.net",
        """
        Streit um neue Asylregeln
        Stadtrat beschließt Tempo 30
        Lehrer streiken in der dritten Woche
        Minister tritt zurück
        Moschee lädt zum Tag der offenen Tür
        """,
        """
        Der Bundestag stimmte mit knapper Mehrheit zu. Die Opposition kündigte eine Klage an.
        Anwohner sind geteilter Meinung. Die Bürgermeisterin nannte den Plan überfällig.
        """,
        "der Minister | die Asylregeln | das Tempolimit | der Streik | die Regierung | der Stadtrat | die Presse | die Steuern",
    ),
    "id.video": shelf(
        "www.youtube.com videos.tubehall.net",
        """
        Lagu Rindu Kampung - Official Music Video
        Resep rendang ibu, anti gagal
        Vlog: keliling {town} naik motor
        Timnas menang 3-1, cuplikan gol
        Prank teman sekamar
        """,
        """
        Video baru setiap Jumat. Terima kasih sudah menonton.
        Jangan lupa makan sebelum menonton.
        """,
        "lagunya | rendangnya | golnya | editannya | ceritanya | motornya",
    ),
    "id.pulih": shelf(
        "pulihbersama.id sehatjiwa.net",
        """
        Terapi ketamin untuk kecanduan: apa buktinya?
        Berhenti judi online: cerita pembaca
        Depresi: di mana mencari bantuan
        """,
        """
        Judi online merusak keluarga. Ceritakan pengalamanmu di sini. Dilarang menaruh tautan judi.
        """,
        "terapinya | biayanya | efek sampingnya | ceritanya | judi online",
    ),
}
