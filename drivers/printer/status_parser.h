// What a receipt printer says back, sorted byte by byte: answers come in
// fragments and mixed with each other. Pure; takes any bytes.
// Epson ESC/POS: "DLE EOT", "GS a" (automatic status back), "GS r"; the masks
// that tell them apart are those of the TM-T88III specification, appendix G.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "drivers/printer/printer.h"
#include "drivers/transport/transport.h"

namespace drivers {

struct RealTimeAnswer {  // to DLE EOT n; which n, only the asker knows
  std::uint8_t byte = 0;
  friend bool operator==(const RealTimeAnswer&, const RealTimeAnswer&) = default;
};
struct QueuedAnswer {  // to GS r n: everything before it was processed
  std::uint8_t byte = 0;
  friend bool operator==(const QueuedAnswer&, const QueuedAnswer&) = default;
};
struct AutomaticStatus {  // unasked, after a change
  std::array<std::uint8_t, 4> bytes{};
  friend bool operator==(const AutomaticStatus&, const AutomaticStatus&) = default;
};
struct PrinterMessage {  // a block up to its NUL, the leading byte included
  std::string text;
  friend bool operator==(const PrinterMessage&, const PrinterMessage&) = default;
};
using StatusEvent = std::variant<RealTimeAnswer, QueuedAnswer, AutomaticStatus, PrinterMessage>;

class StatusParser {
 public:
  std::vector<StatusEvent> feed(ByteView bytes);

 private:
  std::optional<StatusEvent> take(std::uint8_t byte);

  std::string message_;  // not empty: inside a block
  std::array<std::uint8_t, 4> automatic_{};
  std::size_t automatic_count_ = 0;  // 0: not inside an automatic status
};

// The trouble in the answer to DLE EOT 2 (offline cause), 3 (error cause) and
// 4 (paper roll). `offline_cause` says `fault` where only n = 3 knows which.
std::optional<PrinterTrouble> trouble_in_offline_cause(std::uint8_t answer);
PrinterTrouble trouble_in_error_cause(std::uint8_t answer);
std::optional<PrinterTrouble> trouble_in_roll(std::uint8_t answer);
bool is_paper_low(std::uint8_t roll_answer);
bool is_drawer_high(std::uint8_t printer_answer);  // DLE EOT 1: the level at the drawer's switch
bool is_paper_low(const AutomaticStatus& status);
std::optional<PrinterTrouble> trouble_in(const AutomaticStatus& status);

}  // namespace drivers
