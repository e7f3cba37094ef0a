#include "core/fiscal/dsfinvk/columns.h"

#include <algorithm>

namespace core::dsfinvk {

namespace {

constexpr Form text = Form::text;
constexpr Form number = Form::number;
constexpr Need must = Need::must;
constexpr Need may = Need::may;

constexpr std::array leading{
    Column{"Z_KASSE_ID", text, 50, must, "ID der (Abschluss-) Kasse"},
    Column{"Z_ERSTELLUNG", text, 30, must, "Zeitpunkt des Kassenabschlusses"},
    Column{"Z_NR", number, 0, must, "Nr. des Kassenabschlusses"},
    Column{"BON_ID", text, 40, must, "Vorgangs-ID"},
};
constexpr std::array cashpointclosing_columns{
    Column{"Z_BUCHUNGSTAG", text, 25, may, "Vom Erstellungsdatum abweichender Verbuchungstag"},
    Column{"TAXONOMIE_VERSION", text, 10, must, "Version der DFKA-Taxonomie-Kasse"},
    Column{"Z_START_ID", text, 40, must, "Erste BON_ID im Abschluss"},
    Column{"Z_ENDE_ID", text, 40, must, "Letzte BON_ID im Abschluss"},
    Column{"NAME", text, 60, must, "Name des Unternehmens"},
    Column{"STRASSE", text, 60, must, "Straße"},
    Column{"PLZ", text, 10, must, "Postleitzahl"},
    Column{"ORT", text, 62, must, "Ort"},
    Column{"LAND", text, 3, must, "Land"},
    Column{"STNR", text, 20, may, "Steuernummer des Unternehmens"},
    Column{"USTID", text, 15, may, "USTID"},
    Column{"Z_SE_ZAHLUNGEN", number, 2, must, "Summe aller Zahlungen"},
    Column{"Z_SE_BARZAHLUNGEN", number, 2, must, "Summe aller Barzahlungen"},
};
constexpr std::array location_columns{
    Column{"LOC_NAME", text, 60, must, "Name des Standortes"},
    Column{"LOC_STRASSE", text, 60, must, "Straße"},
    Column{"LOC_PLZ", text, 10, must, "Postleitzahl"},
    Column{"LOC_ORT", text, 62, must, "Ort"},
    Column{"LOC_LAND", text, 3, must, "Land"},
    Column{"LOC_USTID", text, 15, may, "USTID"},
};
constexpr std::array cashregister_columns{
    Column{"KASSE_BRAND", text, 50, may, "Marke der Kasse"},
    Column{"KASSE_MODELL", text, 50, may, "Modellbezeichnung"},
    Column{"KASSE_SERIENNR", text, 70, must, "Seriennummer der Kasse"},
    Column{"KASSE_SW_BRAND", text, 50, may, "Markenbezeichnung der Software"},
    Column{"KASSE_SW_VERSION", text, 50, may, "Version der Software"},
    Column{"KASSE_BASISWAEH_CODE", text, 3, must, "Basiswährung der Kasse"},
    Column{"KEINE_UST_ZUORDNUNG", text, 1, may,
           "UmsatzsteuerNichtErmittelbar (bei späterem Zahlungseingang)"},
};
constexpr std::array slaves_columns{
    Column{"TERMINAL_ID", text, 50, must, "ID des Terminals"},
    Column{"TERMINAL_BRAND", text, 50, may, "Marke der Terminals"},
    Column{"TERMINAL_MODELL", text, 50, may, "Modellbezeichnung des Terminals"},
    Column{"TERMINAL_SERIENNR", text, 70, must, "Seriennummer des Terminals"},
    Column{"TERMINAL_SW_BRAND", text, 50, may, "Markenbezeichnung der Software"},
    Column{"TERMINAL_SW_VERSION", text, 50, may, "Version der Software"},
};
constexpr std::array pa_columns{
    Column{"AGENTUR_ID", number, 0, must, "ID der Agentur"},
    Column{"AGENTUR_NAME", text, 60, must, "Name des Auftraggebers"},
    Column{"AGENTUR_STRASSE", text, 60, must, "Straße"},
    Column{"AGENTUR_PLZ", text, 10, must, "Postleitzahl"},
    Column{"AGENTUR_ORT", text, 62, must, "Ort"},
    Column{"AGENTUR_LAND", text, 3, must, "Land"},
    Column{"AGENTUR_STNR", text, 20, may, "Steuernummer des Auftraggebers"},
    Column{"AGENTUR_USTID", text, 15, may, "USTID des Auftraggebers"},
};
constexpr std::array tse_columns{
    Column{"TSE_ID", number, 0, must, "ID der TSE (Referenz innerhalb des Abschlusses)"},
    Column{"TSE_SERIAL", text, 68, must,
           "Seriennummer der TSE (Hash des öffentlichen Schlüssels, TR-03153 7.5)"},
    Column{"TSE_SIG_ALGO", text, 21, must, "Signaturalgorithmus"},
    Column{"TSE_ZEITFORMAT", text, 31, must, "Log-Time-Format"},
    Column{"TSE_PD_ENCODING", text, 5, must, "Text-Encoding der ProcessData"},
    Column{"TSE_PUBLIC_KEY", text, 512, must, "Öffentlicher Schlüssel (base64)"},
    Column{"TSE_ZERTIFIKAT_I", text, 1000, must, "Erste 1000 Zeichen des Zertifikats (base64)"},
    Column{"TSE_ZERTIFIKAT_II", text, 1000, may, "Ggf. Rest des Zertifikats (base64)"},
};
constexpr std::array vat_columns{
    Column{"UST_SCHLUESSEL", number, 0, must, "ID des USt-Satzes"},
    Column{"UST_SATZ", number, 2, must, "Prozentsatz"},
    Column{"UST_BESCHR", text, 55, must, "Beschreibung"},
};
constexpr std::array businesscases_columns{
    Column{"GV_TYP", text, 30, must, "Geschäftsvorfall-Art"},
    Column{"GV_NAME", text, 40, may, "Name des Geschäftsvorfalls"},
    Column{"AGENTUR_ID", number, 0, may, "ID der Agentur"},
    Column{"UST_SCHLUESSEL", number, 0, must, "ID des USt-Satzes"},
    Column{"Z_UMS_BRUTTO", number, 5, must, "Bruttoumsatz"},
    Column{"Z_UMS_NETTO", number, 5, must, "Nettoumsatz"},
    Column{"Z_UST", number, 5, must, "Umsatzsteuer"},
};
constexpr std::array payment_columns{
    Column{"ZAHLART_TYP", text, 25, must, "Typ der Zahlart"},
    Column{"ZAHLART_NAME", text, 60, may, "Name der Zahlart"},
    Column{"Z_ZAHLART_BETRAG", number, 2, must, "Betrag"},
};
constexpr std::array cash_per_currency_columns{
    Column{"ZAHLART_WAEH", text, 3, must, "Währung"},
    Column{"ZAHLART_BETRAG_WAEH", number, 2, must, "Betrag"},
};
constexpr std::array transactions_columns{
    Column{"BON_NR", number, 0, must, "Bonnummer"},
    Column{"BON_TYP", text, 30, must, "Bontyp"},
    Column{"BON_NAME", text, 60, may, "Zusatz-Beschreibung zum Bontyp"},
    Column{"TERMINAL_ID", text, 50, may, "ID des Terminals"},
    Column{"BON_STORNO", text, 1, may, "Storno-Kennzeichen"},
    Column{"BON_START", text, 30, must, "Zeitpunkt des Vorgangsstarts"},
    Column{"BON_ENDE", text, 30, must, "Zeitpunkt der Vorgangsbeendigung"},
    Column{"BEDIENER_ID", text, 50, must, "Bediener-ID"},
    Column{"BEDIENER_NAME", text, 50, may, "Bediener-Name"},
    Column{"UMS_BRUTTO", number, 2, must, "Brutto-Gesamtumsatz"},
    Column{"KUNDE_NAME", text, 50, may, "Name des Leistungsempfängers"},
    Column{"KUNDE_ID", text, 50, may, "Kundennummer des Leistungsempfängers"},
    Column{"KUNDE_TYP", text, 50, may, "Art des Leistungsempfängers (z. B. Mitarbeiter)"},
    Column{"KUNDE_STRASSE", text, 60, may, "Straße und Hausnummer des Leistungsempfängers"},
    Column{"KUNDE_PLZ", text, 10, may, "PLZ des Leistungsempfängers"},
    Column{"KUNDE_ORT", text, 62, may, "Ort des Leistungsempfängers"},
    Column{"KUNDE_LAND", text, 3, may, "Land des Leistungsempfängers"},
    Column{"KUNDE_USTID", text, 15, may, "UStID des Leistungsempfängers"},
    Column{"BON_NOTIZ", text, 255, may, "Zusätzliche Informationen zum Bonkopf"},
};
constexpr std::array datapayment_columns{
    Column{"ZAHLART_TYP", text, 25, must, "Typ der Zahlart"},
    Column{"ZAHLART_NAME", text, 60, may, "Name der Zahlart"},
    Column{"ZAHLWAEH_CODE", text, 3, must, "Währungscode"},
    Column{"ZAHLWAEH_BETRAG", number, 2, may, "Betrag in Fremdwährung"},
    Column{"BASISWAEH_BETRAG", number, 2, must, "Betrag in Basiswährung (i.d.R. EUR)"},
};
constexpr std::array lines_columns{
    Column{"POS_ZEILE", text, 50, must, "Zeilennummer"},
    Column{"GUTSCHEIN_NR", text, 50, may, "Gutschein-Nr."},
    Column{"ARTIKELTEXT", text, 255, must, "Artikeltext"},
    Column{"POS_TERMINAL_ID", text, 50, may, "ID des POS-Terminals"},
    Column{"GV_TYP", text, 30, must, "Geschäftsvorfall-Art"},
    Column{"GV_NAME", text, 40, may, "Name des Geschäftsvorfalls"},
    Column{"INHAUS", text, 1, may, "Verzehr an Ort und Stelle"},
    Column{"P_STORNO", text, 1, may, "Positionsstorno-Kennzeichnung"},
    Column{"AGENTUR_ID", number, 0, may, "ID der Agentur"},
    Column{"ART_NR", text, 50, may, "Artikelnummer"},
    Column{"GTIN", text, 50, may, "GTIN"},
    Column{"WARENGR_ID", text, 40, may, "Warengruppen-ID"},
    Column{"WARENGR", text, 50, may, "Bezeichnung Warengruppe"},
    Column{"MENGE", number, 3, may, "Menge"},
    Column{"FAKTOR", number, 3, may, "Faktor, z. B. Gebindegrößen"},
    Column{"EINHEIT", text, 50, may, "Maßeinheit, z. B. kg, Liter oder Stück"},
    Column{"STK_BR", number, 5, may, "Preis pro Einheit inkl. USt"},
};
constexpr std::array itemamounts_columns{
    Column{"POS_ZEILE", text, 50, must, "Zeilennummer"},
    Column{"TYP", text, 20, may, "Basispreis, Rabatt oder Zuschlag"},
    Column{"UST_SCHLUESSEL", number, 0, must, "ID des USt-Satzes"},
    Column{"PF_BRUTTO", number, 5, may, "Bruttoumsatz"},
    Column{"PF_NETTO", number, 5, may, "Nettoumsatz"},
    Column{"PF_UST", number, 5, may, "Umsatzsteuer"},
};
constexpr std::array subitems_columns{
    Column{"POS_ZEILE", text, 50, must, "Zeilennummer"},
    Column{"ZI_ART_NR", text, 50, must, "Artikelnummer"},
    Column{"ZI_GTIN", text, 50, may, "GTIN"},
    Column{"ZI_NAME", text, 60, may, "Artikelbezeichnung"},
    Column{"ZI_WARENGR_ID", text, 40, may, "Warengruppen-ID"},
    Column{"ZI_WARENGR", text, 50, may, "Bezeichnung Warengruppe"},
    Column{"ZI_MENGE", number, 3, must, "Menge"},
    Column{"ZI_FAKTOR", number, 3, may, "Faktor, z. B. Gebindegrößen"},
    Column{"ZI_EINHEIT", text, 50, may, "Maßeinheit, z. B. kg, Liter oder Stück"},
    Column{"ZI_UST_SCHLUESSEL", number, 0, must, "ID USt-Satz des Basispreises"},
    Column{"ZI_BASISPREIS_BRUTTO", number, 5, may, "Basispreis brutto"},
    Column{"ZI_BASISPREIS_NETTO", number, 5, may, "Basispreis netto"},
    Column{"ZI_BASISPREIS_UST", number, 5, may, "Basispreis USt"},
};
constexpr std::array transactions_tse_columns{
    Column{"TSE_ID", number, 0, may, "ID der TSE (Referenz innerhalb des Abschlusses)"},
    Column{"TSE_TANR", number, 0, may, "Transaktionsnummer der TSE-Transaktion"},
    Column{"TSE_TA_START", text, 30, may, "Log-Time der StartTransaction-Operation"},
    Column{"TSE_TA_ENDE", text, 30, may, "Log-Time der FinishTransaction-Operation"},
    Column{"TSE_TA_VORGANGSART", text, 30, may, "processType der FinishTransaction-Operation"},
    Column{"TSE_TA_SIGZ", number, 0, may, "Signaturzähler der FinishTransaction-Operation"},
    Column{"TSE_TA_SIG", text, 512, may, "Signatur der FinishTransaction-Operation"},
    Column{"TSE_TA_FEHLER", text, 200, may, "Beschreibung des TSE-Ausfalls oder Fehlers"},
    Column{"TSE_VORGANGSDATEN", text, 1000, may,
           "An die TSE übergebene Daten des Vorgangs (optional)"},
};
constexpr std::array transactions_vat_columns{
    Column{"UST_SCHLUESSEL", number, 0, must, "ID des USt-Satzes"},
    Column{"BON_BRUTTO", number, 5, must, "Bruttoumsatz"},
    Column{"BON_NETTO", number, 5, must, "Nettoumsatz"},
    Column{"BON_UST", number, 5, must, "Umsatzsteuer"},
};
constexpr std::array lines_vat_columns{
    Column{"POS_ZEILE", text, 50, must, "Zeilennummer"},
    Column{"UST_SCHLUESSEL", number, 0, must, "ID des USt-Satzes"},
    Column{"POS_BRUTTO", number, 5, may, "Bruttoumsatz"},
    Column{"POS_NETTO", number, 5, may, "Nettoumsatz"},
    Column{"POS_UST", number, 5, may, "Umsatzsteuer"},
};
constexpr std::array allocation_groups_columns{
    Column{"ABRECHNUNGSKREIS", text, 50, may, "z. B. Tischnummer"},
};
constexpr std::array references_columns{
    Column{"POS_ZEILE", text, 50, may, "Zeilennummer"},
    Column{"REF_TYP", text, 20, must, "Art der Referenz"},
    Column{"REF_NAME", text, 40, may, "Beschreibung bei Art ExterneSonstige"},
    Column{"REF_DATUM", text, 30, may, "Datum des Kassenabschlusses"},
    Column{"REF_Z_KASSE_ID", text, 50, may, "ID der (Abschluss-) Kasse"},
    Column{"REF_Z_NR", number, 0, may, "Nr. des Kassenabschlusses"},
    Column{"REF_BON_ID", text, 40, must, "Vorgangs-ID"},
};

constexpr std::array<Table, file_count> all_tables{
    Table{File::cashpointclosing, "cashpointclosing.csv", "Stamm_Abschluss", false,
          cashpointclosing_columns},
    Table{File::location, "location.csv", "Stamm_Orte", false, location_columns},
    Table{File::cashregister, "cashregister.csv", "Stamm_Kassen", false, cashregister_columns},
    Table{File::slaves, "slaves.csv", "Stamm_Terminals", false, slaves_columns},
    Table{File::pa, "pa.csv", "Stamm_Agenturen", false, pa_columns},
    Table{File::tse, "tse.csv", "Stamm_TSE", false, tse_columns},
    Table{File::vat, "vat.csv", "Stamm_USt", false, vat_columns},
    Table{File::businesscases, "businesscases.csv", "Z_GV_Typ", false, businesscases_columns},
    Table{File::payment, "payment.csv", "Z_Zahlart", false, payment_columns},
    Table{File::cash_per_currency, "cash_per_currency.csv", "Z_Waehrungen", false,
          cash_per_currency_columns},
    Table{File::transactions, "transactions.csv", "Bonkopf", true, transactions_columns},
    Table{File::datapayment, "datapayment.csv", "Bonkopf_Zahlarten", true, datapayment_columns},
    Table{File::lines, "lines.csv", "Bonpos", true, lines_columns},
    Table{File::itemamounts, "itemamounts.csv", "Bonpos_Preisfindung", true, itemamounts_columns},
    Table{File::subitems, "subitems.csv", "Bonpos_Zusatzinfo", true, subitems_columns},
    Table{File::transactions_tse, "transactions_tse.csv", "TSE_Transaktionen", true,
          transactions_tse_columns},
    Table{File::transactions_vat, "transactions_vat.csv", "Bonkopf_USt", true,
          transactions_vat_columns},
    Table{File::lines_vat, "lines_vat.csv", "Bonpos_USt", true, lines_vat_columns},
    Table{File::allocation_groups, "allocation_groups.csv", "Bonkopf_AbrKreis", true,
          allocation_groups_columns},
    Table{File::references, "references.csv", "Bon_Referenzen", true, references_columns},
};

constexpr std::array<Column, most_certificate_columns - certificate_columns> further_certificates{
    Column{"TSE_ZERTIFIKAT_III", text, certificate_letters, may, "Weiterer Rest des Zertifikats"},
    Column{"TSE_ZERTIFIKAT_IV", text, certificate_letters, may, "Weiterer Rest des Zertifikats"},
    Column{"TSE_ZERTIFIKAT_V", text, certificate_letters, may, "Weiterer Rest des Zertifikats"},
    Column{"TSE_ZERTIFIKAT_VI", text, certificate_letters, may, "Weiterer Rest des Zertifikats"},
    Column{"TSE_ZERTIFIKAT_VII", text, certificate_letters, may, "Weiterer Rest des Zertifikats"},
};

}  // namespace

std::span<const Column> leading_columns(const Table& table) {
  return std::span(leading).first(table.is_record ? 4 : 3);
}

const Table& table_of(File file) {
  return all_tables[place_of(file)];
}

std::span<const Table> tables() {
  return all_tables;
}

std::optional<File> file_named(std::string_view name) {
  for (const Table& table : all_tables) {
    if (table.name == name) return table.file;
  }
  return {};
}

const Column& further_certificate_column(std::size_t part) {
  return further_certificates.at(part - certificate_columns);
}

}  // namespace core::dsfinvk
