#include "core/fiscal/dsfinvk/words.h"

#include <array>
#include <cstddef>

namespace core::dsfinvk {

namespace {

constexpr std::array<std::string_view, business_case_count> case_words{
    "Umsatz",
    "Pfand",
    "PfandRueckzahlung",
    "Rabatt",
    "Aufschlag",
    "ZuschussEcht",
    "ZuschussUnecht",
    "TrinkgeldAG",
    "TrinkgeldAN",
    "EinzweckgutscheinKauf",
    "EinzweckgutscheinEinloesung",
    "MehrzweckgutscheinKauf",
    "MehrzweckgutscheinEinloesung",
    "Forderungsentstehung",
    "Forderungsaufloesung",
    "Anzahlungseinstellung",
    "Anzahlungsaufloesung",
    "Anfangsbestand",
    "Privatentnahme",
    "Privateinlage",
    "Geldtransit",
    "Lohnzahlung",
    "Einzahlung",
    "Auszahlung",
    "DifferenzSollIst"};

constexpr std::array<std::string_view, payment_kind_count> payment_words{
    "Bar", "Unbar", "Keine", "ECKarte", "Kreditkarte", "ElZahlungsdienstleister", "Guthabenkarte"};

constexpr std::array<std::string_view, reference_kind_count> reference_words{
    "ExterneRechnung", "ExternerLieferschein", "Transaktion", "ExterneSonstige"};

constexpr std::array<std::string_view, amount_kind_count> amount_words{"base_amount", "discount",
                                                                       "extra_amount"};

template <class Words, class Enumeration>
std::string_view word_in(const Words& words, Enumeration value) {
  return words.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view word(BusinessCase what) {
  return word_in(case_words, what);
}
std::string_view word(PaymentKind kind) {
  return word_in(payment_words, kind);
}
std::string_view word(ReferenceKind kind) {
  return word_in(reference_words, kind);
}
std::string_view word(AmountKind kind) {
  return word_in(amount_words, kind);
}

}  // namespace core::dsfinvk
