"""What pages call their own parts and controls: words that no organisation or product goes by."""

from __future__ import annotations

PAGE_WORDS = frozenset(
    phrase
    for line in (
        "welcome|home|home page|homepage|contact|contact us|about us|our services|news|latest news|events|help|faq",
        "search|find|go|menu|login|log in|log out|sign in|sign up|sign out|register|subscribe|submit|send|cancel",
        "next|previous|back|continue|apply now|apply here|apply online|download|print|read more|more|learn more",
        "click here|start now|get started|opening hours|opening times|site map|sitemap|join us|donate|donate now",
        "bienvenido|bienvenidos|bienvenida|inicio|contacto|noticias|buscar|siguiente|anterior|enviar|descargar",
        "leer más",
        "accueil|bienvenue|contactez nous|actualités|rechercher|suivant|précédent|envoyer|télécharger|lire la suite",
        "en savoir plus|horaires|connexion|inscription|willkommen|startseite|kontakt|suche|suchen|weiter|zurück|senden",
        "herunterladen|mehr lesen|mehr erfahren|öffnungszeiten|anmelden|abmelden|aktuelles|benvenuti|contatti|cerca",
        "avanti|indietro|scarica|leggi tutto|bem vindo|início|contato|notícias|pesquisar|próximo|baixar|leia mais",
        "welkom|zoeken|volgende|vorige|verzenden|lees meer|openingstijden|nieuws|aanmelden",
    )
    for phrase in line.split("|")
)
"""Phrases in small letters, in seven languages; without punctuation."""
