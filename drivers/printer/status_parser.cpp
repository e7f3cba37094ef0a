#include "drivers/printer/status_parser.h"

#include <string_view>

namespace drivers {

namespace {

// No block of ours is longer; a longer one is noise and is given up.
constexpr std::size_t longest_message = 256;

bool starts_message(std::uint8_t byte) {
  return byte == 0x37 || byte == 0x35 || byte == 0x3B || byte == 0x3D || byte == 0x5F;
}
bool is_real_time(std::uint8_t byte) {
  return (byte & 0x93) == 0x12;
}
bool starts_automatic(std::uint8_t byte) {
  return (byte & 0x93) == 0x10;
}
bool is_low(std::uint8_t byte) {
  return (byte & 0x90) == 0;
}

}  // namespace

std::vector<StatusEvent> StatusParser::feed(ByteView bytes) {
  std::vector<StatusEvent> events;
  for (const std::uint8_t byte : bytes) {
    if (auto event = take(byte)) events.push_back(std::move(*event));
  }
  return events;
}

std::optional<StatusEvent> StatusParser::take(std::uint8_t byte) {
  if (!message_.empty()) {
    if (byte == 0) return PrinterMessage{std::exchange(message_, {})};
    message_ += static_cast<char>(byte);
    if (message_.size() > longest_message) message_.clear();
    return {};
  }
  if (is_real_time(byte)) return RealTimeAnswer{byte};
  if (starts_message(byte)) {
    message_ = static_cast<char>(byte);
    return {};
  }
  if (starts_automatic(byte)) {
    automatic_ = {byte};
    automatic_count_ = 1;
    return {};
  }
  if (!is_low(byte)) return {};  // XON, XOFF, noise
  if (automatic_count_ == 0) return QueuedAnswer{byte};
  automatic_[automatic_count_++] = byte;
  if (automatic_count_ < automatic_.size()) return {};
  automatic_count_ = 0;
  return AutomaticStatus{automatic_};
}

std::optional<PrinterTrouble> trouble_in_offline_cause(std::uint8_t answer) {
  if (answer & 0x04) return PrinterTrouble::cover_open;
  if (answer & 0x20) return PrinterTrouble::paper_out;
  if (answer & 0x40) return PrinterTrouble::fault;
  return {};
}

PrinterTrouble trouble_in_error_cause(std::uint8_t answer) {
  if (answer & 0x08) return PrinterTrouble::cutter_jammed;
  if (answer & 0x20) return PrinterTrouble::fault;
  if (answer & 0x40) return PrinterTrouble::head_hot;
  return PrinterTrouble::fault;
}

std::optional<PrinterTrouble> trouble_in_roll(std::uint8_t answer) {
  if (answer & 0x60) return PrinterTrouble::paper_out;
  return {};
}

bool is_paper_low(std::uint8_t roll_answer) {
  return (roll_answer & 0x0C) != 0;
}

bool is_drawer_high(std::uint8_t printer_answer) {
  return (printer_answer & 0x04) != 0;
}

bool is_paper_low(const AutomaticStatus& status) {
  return (status.bytes[2] & 0x03) != 0;
}

std::optional<PrinterTrouble> trouble_in(const AutomaticStatus& status) {
  const auto& bytes = status.bytes;
  if (bytes[0] & 0x20) return PrinterTrouble::cover_open;
  if (bytes[2] & 0x0C) return PrinterTrouble::paper_out;
  if (bytes[1] & 0x08) return PrinterTrouble::cutter_jammed;
  if (bytes[1] & 0x20) return PrinterTrouble::fault;
  if (bytes[1] & 0x40) return PrinterTrouble::head_hot;
  return {};
}

}  // namespace drivers
