#include "drivers/terminal/zvt/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace drivers::zvt {

namespace {

using Words = std::pair<std::uint16_t, std::string_view>;

template <std::size_t n>
std::string_view look_up(const std::array<Words, n>& table, std::uint16_t code) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Words& words) { return words.first == code; });
  return found == table.end() ? std::string_view{} : found->second;
}

constexpr auto results = std::to_array<Words>({
    {0x05, "Declined by the bank."},
    {0x64, "The card cannot be read."},
    {0x65, "The card has no data."},
    {0x66, "The terminal had an error while processing."},
    {0x67, "Not possible with a girocard."},
    {0x68, "Not possible with a credit card."},
    {0x6A, "The terminal's turnover file is full: close its day."},
    {0x6B, "The terminal does not know this till yet."},
    {0x6C, "Cancelled at the terminal, or no card in time."},
    {0x6E, "The card is on the blocked list."},
    {0x6F, "The terminal works in another currency: check the shop's."},
    {0x71, "The card's credit is not enough."},
    {0x72, "The card's chip is faulty."},
    {0x73, "The card's data are not right."},
    {0x77, "The terminal cannot close its day now."},
    {0x78, "The card has expired."},
    {0x79, "The card is not valid yet."},
    {0x7A, "The card is not known to the terminal."},
    {0x7D, "The terminal has no connection to its bank."},
    {0x83, "The terminal cannot do this."},
    {0x85, "The terminal has no key: call its service."},
    {0x89, "The terminal's PIN pad is defective: call its service."},
    {0x9A, "The terminal reports a protocol error."},
    {0x9B, "The terminal has no connection to its bank."},
    {0x9C, "The terminal is busy: wait a moment."},
    {0xA0, "The terminal has no connection to its bank."},
    {0xA1, "The bank does not answer the terminal."},
    {0xA3, "The terminal has no connection to its bank."},
    {0xB1, "The terminal's memory is full: close its day."},
    {0xB2, "The terminal's journal is full: call its service."},
    {0xB4, "This payment was reversed already."},
    {0xB5, "This payment cannot be reversed."},
    {0xB7, "The amount or the reservation is not right."},
    {0xC0, "The terminal is locked: call its service."},
    {0xC2, "The terminal needs a diagnosis first."},
    {0xC3, "The amount is above what the terminal allows."},
    {0xC6, "The terminal does not take this currency."},
    {0xC8, "The amount is too small for the terminal."},
    {0xCB, "The terminal takes euros only."},
    {0xCC, "The printer is not ready."},
    {0xD2, "Not possible with a bank card."},
    {0xDC, "There is a card in the terminal: take it out."},
    {0xDD, "Take the card out of the terminal."},
    {0xDE, "Put the card into the terminal."},
    {0xE0, "The terminal is being serviced."},
    {0xE2, "The terminal's card reader is faulty: call its service."},
    {0xE4, "The terminal is not activated: call its service."},
    {0xF0, "The terminal wants its day closed first."},
    {0xF1, "The terminal has no connection to its bank."},
    {0xFA, "The terminal cannot settle now."},
    {0xFF, "The terminal had a system error."},
});

constexpr auto progress = std::to_array<Words>({
    {0x00, "Please confirm the amount at the terminal."},
    {0x01, "Please follow the terminal."},
    {0x02, "Please follow the terminal."},
    {0x03, "The terminal does not accept this."},
    {0x04, "Asking the bank."},
    {0x05, "The terminal takes an earlier payment back."},
    {0x06, "The terminal sends earlier bookings."},
    {0x07, "This card is not admitted."},
    {0x08, "This card is not known."},
    {0x09, "This card has expired."},
    {0x0A, "Please present the card."},
    {0x0B, "Please take the card."},
    {0x0C, "The card cannot be read."},
    {0x0D, "Cancelled."},
    {0x0E, "Please wait."},
    {0x0F, "The terminal closes its day."},
    {0x10, "This card is not valid."},
    {0x12, "The terminal has a malfunction."},
    {0x13, "This payment is not possible."},
    {0x14, "The card's credit is not enough."},
    {0x15, "The PIN is wrong."},
    {0x16, "The card's limit is reached."},
    {0x17, "Please wait."},
    {0x18, "Too many wrong PINs."},
    {0x19, "The card's data are not right."},
    {0x1A, "The terminal is being serviced."},
    {0x1C, "Approved."},
    {0x1D, "Declined."},
    {0x28, "Please choose the currency at the terminal."},
    {0x29, "Please choose the language at the terminal."},
    {0x2C, "Please choose the application at the terminal."},
    {0x68, "Card read."},
    {0x69, "Please choose the currency at the terminal."},
    {0xD2, "The terminal connects to its bank."},
    {0xD3, "The terminal connects to its bank."},
    {0xF1, "The terminal is offline."},
    {0xF2, "The terminal is online."},
    {0xF3, "The terminal books offline."},
});

constexpr auto statuses = std::to_array<Words>({
    {0x00, "The terminal is ready."},
    {0x51, "The terminal has to be initialised."},
    {0x62, "The terminal's clock is wrong: make a diagnosis."},
    {0x9C, "The terminal is busy: wait a moment."},
    {0xB1, "The terminal's memory is full: close its day."},
    {0xB2, "The terminal's journal is full: call its service."},
    {0xC2, "The terminal needs a diagnosis first."},
    {0xC4, "The terminal needs an update: call its service."},
    {0xC0, "The terminal is locked: call its service."},
    {0xCC, "The terminal's printer is not ready."},
    {0xDC, "There is a card in the terminal: take it out."},
    {0xE0, "The terminal is being serviced."},
    {0xE1, "Take the card out of the terminal."},
    {0xE2, "The terminal's card reader is faulty: call its service."},
    {0xE4, "The terminal is not activated: call its service."},
    {0xF0, "The terminal wants its day closed first."},
});

constexpr auto cards = std::to_array<Words>({
    {2, "girocard"},
    {5, "girocard"},
    {6, "Mastercard"},
    {8, "American Express"},
    {9, "ELV"},
    {10, "Visa"},
    {11, "Visa Electron"},
    {12, "Diners"},
    {13, "V PAY"},
    {14, "JCB"},
    {30, "GeldKarte"},
    {46, "Maestro"},
    {97, "Alipay"},
    {107, "Alipay"},
    {198, "UnionPay"},
    {232, "Discover"},
});

constexpr auto commands = std::to_array<Words>({
    {0x0600, "Registration"},
    {0x0601, "Authorisation"},
    {0x0602, "LogOff"},
    {0x060C, "BookTip"},
    {0x060F, "Completion"},
    {0x0610, "TurnoverTotals"},
    {0x0612, "ReprintReceipts"},
    {0x0618, "ResetTerminal"},
    {0x061E, "Abort"},
    {0x0620, "RepeatReceipt"},
    {0x0622, "PreAuthorisation"},
    {0x0623, "EnquirePreAuth"},
    {0x0624, "BookTotal"},
    {0x0625, "PreAuthReversal"},
    {0x0630, "Reversal"},
    {0x0631, "Refund"},
    {0x0650, "EndOfDay"},
    {0x0670, "Diagnosis"},
    {0x0679, "Selftest"},
    {0x0691, "SetDate"},
    {0x0693, "Initialisation"},
    {0x0695, "ChangePassword"},
    {0x06B0, "Abort"},
    {0x06C0, "ReadCard"},
    {0x06D1, "PrintLine"},
    {0x06D3, "PrintTextBlock"},
    {0x06E0, "DisplayText"},
    {0x0501, "StatusEnquiry"},
    {0x0401, "SetDate"},
    {0x040D, "Input"},
    {0x040E, "Menu"},
    {0x040F, "StatusInformation"},
    {0x04FF, "IntermediateStatus"},
    {0x0814, "WriteFile"},
    {0x0830, "SelectLanguage"},
    {0x8000, "ACK"},
});

}  // namespace

std::string_view result_words(std::uint8_t code) {
  if (const auto words = look_up(results, code); !words.empty()) return words;
  // The answers of the host, as the bank gives them.
  return code != 0 && code <= 0x63 ? "Declined by the bank." : "";
}

std::string_view progress_words(std::uint8_t code) {
  if (const auto words = look_up(progress, code); !words.empty()) return words;
  return (code >= 0x41 && code <= 0x5D) || code == 0x66 ? "Please take the card." : "";
}

std::string words_of(std::uint8_t code, const std::string& terminals_own) {
  const auto words = result_words(code);
  if (!words.empty() && (terminals_own.empty() || code > 0x63)) return std::string(words);
  if (!terminals_own.empty()) return terminals_own;
  return fmt::format("ZVT {:02X}", code);
}

std::string_view status_words(std::uint8_t code) {
  if (const auto words = look_up(statuses, code); !words.empty()) return words;
  return result_words(code);
}

std::string_view card_name(std::uint8_t type) {
  return look_up(cards, type);
}

std::string_view command_name(std::uint16_t command) {
  if ((command & 0xFF00U) == 0x8400U) return "NACK";
  return look_up(commands, command);
}

}  // namespace drivers::zvt
