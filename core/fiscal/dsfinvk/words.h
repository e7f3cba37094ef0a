// The words of an export that mean one of a few things.
#pragma once

#include <string_view>

namespace core::dsfinvk {

// GV_TYP: what a line is in business.
enum class BusinessCase {
  goods,                    // Umsatz
  deposit,                  // Pfand
  deposit_back,             // PfandRueckzahlung
  discount,                 // Rabatt
  surcharge,                // Aufschlag
  real_subsidy,             // ZuschussEcht
  unreal_subsidy,           // ZuschussUnecht
  tip_employer,             // TrinkgeldAG
  tip_employee,             // TrinkgeldAN
  single_voucher_sold,      // EinzweckgutscheinKauf
  single_voucher_redeemed,  // EinzweckgutscheinEinloesung
  multi_voucher_sold,       // MehrzweckgutscheinKauf
  multi_voucher_redeemed,   // MehrzweckgutscheinEinloesung
  receivable_set,           // Forderungsentstehung
  receivable_released,      // Forderungsaufloesung
  down_payment_set,         // Anzahlungseinstellung
  down_payment_released,    // Anzahlungsaufloesung
  opening_float,            // Anfangsbestand, and from here on cash only
  private_withdrawal,       // Privatentnahme
  private_deposit,          // Privateinlage
  cash_transit,             // Geldtransit
  wage,                     // Lohnzahlung
  paid_in,                  // Einzahlung
  paid_out,                 // Auszahlung
  count_difference,         // DifferenzSollIst
};
inline constexpr int business_case_count = 25;
std::string_view word(BusinessCase what);

// ZAHLART_TYP. `none`: nothing was paid, as where a voucher covers all.
enum class PaymentKind { cash, other, none, debit_card, credit_card, online_service, prepaid_card };
inline constexpr int payment_kind_count = 7;
std::string_view word(PaymentKind kind);

// REF_TYP.
enum class ReferenceKind { invoice, delivery_note, receipt, other };
inline constexpr int reference_kind_count = 4;
std::string_view word(ReferenceKind kind);

// How a line came to its price (itemamounts.csv).
enum class AmountKind { base_amount, discount, extra_amount };
inline constexpr int amount_kind_count = 3;
std::string_view word(AmountKind kind);

}  // namespace core::dsfinvk
