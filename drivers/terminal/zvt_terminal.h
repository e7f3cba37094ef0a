// A card terminal that speaks ZVT 700 (PA00P015 13.08, PA00P016_04), over TCP or
// a serial line. Each attempt is one connection: log in, ask for the last
// booking (the baseline), request, follow the dialogue to its end.
//
// The terminal books for good when our positive answer to its 04 0F arrives.
// That answer leaves only after the result is on disk, and an approval is
// reported only when the terminal's 06 0F has shown that it arrived; all else
// is OutcomeUnknown, and probe() asks for the last booking and compares it.
#pragma once

#include <atomic>
#include <memory>

#include "drivers/terminal/card_terminal.h"
#include "drivers/terminal/zvt_link.h"
#include "drivers/terminal/zvt_message.h"

namespace drivers {

enum class SlipPrinter { till, terminal };

struct ZvtSettings {
  std::string password = "000000";  // six digits
  core::Currency currency = core::eur;
  std::string terminal_id{};  // that must answer; empty: whichever does
  zvt::Charset charset = zvt::Charset::cp437;
  SlipPrinter printer = SlipPrinter::till;
  Milliseconds to_connect{5000};
  Milliseconds to_answer{5000};       // T3: from a command to 80 00
  Milliseconds to_finish{180'000};    // T4: from there, or from the latest news, to the next
  Milliseconds after_cancel{60'000};  // then the dialogue is given up as unknown
  Milliseconds between_polls{1000};   // while the terminal says "wait"
  int polls = 10;
  bool offers_sequence = true;  // message sequence ids, used where the terminal offers them, too
};

class ZvtTerminal final : public CardTerminal {
 public:
  ZvtTerminal(std::unique_ptr<zvt::Link> link, ZvtSettings settings);

  CardOutcome authorize(const CardIntent& intent, CardHooks& hooks) override;
  ProbeResult probe(const CardQuestion& question) override;
  void request_cancel() override { cancel_wished_ = true; }
  TerminalHealth health() override;
  ServiceReport serve(CardService service, CardHooks& hooks) override;

 private:
  // How a dialogue ended.
  enum class End { completed, aborted, refused, not_sent, lost };
  struct Dialogue {
    End end = End::lost;
    std::uint8_t code = 0;                           // of 84 xx or 06 1E
    std::optional<std::uint16_t> own_currency{};     // of the terminal, with 84 1E 6F
    std::optional<zvt::StatusInformation> status{};  // of the last 04 0F
    std::optional<Verdict> verdict{};                // what it was answered
    zvt::Message completion{};
  };
  struct Follower;  // what a dialogue does with 04 0F and with what is printed

  CardOutcome authorize_now(const CardIntent& intent, CardHooks& hooks);
  std::optional<NotStarted> log_in();
  std::optional<CardReference> ask_last_booking(bool& was_answered);
  Dialogue converse(zvt::Message request, Follower& follower);
  bool follow(const zvt::Apdu& apdu, Dialogue& dialogue, Follower& follower, bool& resets_time);
  bool send(zvt::Message message);
  bool answer(std::uint16_t code, const zvt::Message& to);
  std::uint8_t poll_status();
  zvt::Message request_for(const CardIntent& intent) const;
  Approved approved(const CardIntent& intent, const zvt::StatusInformation& status) const;
  std::string no_link_words(LinkError error) const;

  std::unique_ptr<zvt::Link> link_;
  ZvtSettings settings_;
  std::atomic<bool> cancel_wished_ = false;
  std::string terminal_id_;               // of the terminal that answered last
  std::optional<std::int64_t> sequence_;  // of the message sent last, where ids are in use
  Bytes last_sequence_heard_;
  std::optional<CardReference> baseline_;  // nothing: it has to be asked for
};

}  // namespace drivers
