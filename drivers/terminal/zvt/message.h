// What ZVT messages mean (PA00P015 ch. 2, 3): both directions, read and
// written. Pure. What may not be stored is masked by describe() and never in
// StatusInformation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/money.h"
#include "drivers/terminal/card_terminal.h"
#include "drivers/terminal/zvt/fields.h"
#include "drivers/terminal/zvt/text.h"

namespace drivers::zvt {

namespace command {
inline constexpr std::uint16_t registration = 0x0600, authorisation = 0x0601, log_off = 0x0602,
                               completion = 0x060F, totals = 0x0610, reprint = 0x0612,
                               aborted = 0x061E, repeat_receipt = 0x0620, reversal = 0x0630,
                               refund = 0x0631, end_of_day = 0x0650, diagnosis = 0x0670,
                               initialisation = 0x0693, abort = 0x06B0, print_line = 0x06D1,
                               print_block = 0x06D3, display_text = 0x06E0, status_enquiry = 0x0501,
                               set_date = 0x0401, input = 0x040D, menu = 0x040E, status = 0x040F,
                               intermediate = 0x04FF, ack = 0x8000, not_ready = 0x84CC,
                               busy = 0x849C, refused = 0x8466, not_possible = 0x8483;
}
// 84 00 is positive, too.
bool is_positive(const Apdu& apdu);
bool is_negative(const Apdu& apdu);

// A message in its parts: what stands at fixed places, then fields.
struct Message {
  std::uint16_t command = 0;
  std::optional<Bytes> password{};
  std::optional<std::uint8_t> config{};  // registration
  std::optional<Bytes> currency{};       // registration, 84 1E, 06 1E with 6F
  std::optional<std::uint8_t> code{};    // 04 FF, 06 1E, terminal status in 06 0F, print attribute
  std::optional<std::uint8_t> patience{};  // of 04 FF: T4 in minutes, BCD
  std::optional<Bytes> text{};             // 06 D1; version in 06 0F
  std::optional<Bytes> from{}, to{};       // 06 12: receipt numbers; without `to` it is one
  Bytes other{};                           // what is not taken apart: an unknown command
  Fields fields{};
  friend bool operator==(const Message&, const Message&) = default;
};
core::Result<Message, Fault> parse(const Apdu& apdu);
Apdu encode(const Message& message);

// One line, in English, for support: "StatusInformation result=00 amount=12.34 ...".
std::string describe(const Message& message, Charset charset = Charset::cp437);
// The same for the hex of one message or one serial block.
core::Result<std::string, Fault> describe(ByteView bytes, Charset charset = Charset::cp437);

// --- what 04 0F says ---
struct StatusInformation {
  std::optional<std::uint8_t> result{};
  std::optional<std::int64_t> amount{};
  std::optional<std::int64_t> currency{};  // its number in ISO 4217
  std::string terminal_id{}, trace{}, receipt{}, turnover{}, original_trace{}, moment{};
  std::string masked_card{}, brand{}, auth_code{}, words{};
  std::optional<std::int64_t> tip{};
  bool needs_signature = false;
  friend bool operator==(const StatusInformation&, const StatusInformation&) = default;
};
StatusInformation status_of(const Fields& fields, Charset charset);
CardReference reference_of(const StatusInformation& status);
// Whether two references name the same booking.
bool is_same(const CardReference& a, const CardReference& b);
// Whether they can: they share a number, and none of them speaks against it. Not
// every message names all of them.
bool can_be_one(const CardReference& a, const CardReference& b);

// --- what is printed ---
struct PrintPart {
  ReceiptBlock block{};
  bool ends = false;  // the last of its slip
};
PrintPart print_part(const Message& message, Charset charset);

// What 04 FF shows: the terminal's own text, or the code in words.
std::string shown(const Message& message, Charset charset);

// --- what the till sends ---
struct Login {
  std::string password = "000000";
  std::uint8_t config = 0;
  int currency = 978;
  bool wants_blocks = true;
  bool offers_sequence = false;
};
// 02 and 04: the till prints; 08: wants 04 FF; 10 and 20: no payment or upkeep is
// begun at the terminal; 80: print lines come as messages.
inline constexpr std::uint8_t config_till_prints = 0xBE, config_terminal_prints = 0x38;

// Whether the terminal may take less than it is asked for. Tag 1F70, which says
// so, is for terminals that understand it.
enum class PartialApproval { not_offered, offered };
inline constexpr std::uint32_t partial_approval_tag = 0x1F70;

Message registration(const Login& login);
Message authorisation(std::int64_t minor, int currency,
                      PartialApproval part = PartialApproval::not_offered);
Message reversal(std::string_view password, std::string_view receipt);
Message refund(std::string_view password, std::int64_t minor, int currency);
Message with_password(std::uint16_t command, std::string_view password);
// Service bits: 1 sends 04 0F of the last transaction, 2 prints nothing.
Message repeat_receipt(std::string_view password, std::uint8_t service);
Message status_enquiry(std::string_view password, std::uint8_t service);
Message bare(std::uint16_t command);
Message display_text(std::string_view line, int seconds);

}  // namespace drivers::zvt
