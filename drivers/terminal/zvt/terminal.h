// A card terminal that speaks ZVT 700 (PA00P015 13.08, PA00P016_04), over TCP or
// a serial line. Each attempt is one connection: log in, ask for the last
// booking (the baseline), request, follow the dialogue to its end, and judge by
// the terminal's last 04 0F what became of the intent.
//
// The terminal books for good when our positive answer to its 04 0F arrives.
// That answer leaves only after the result is on disk, and an approval is
// reported only when the terminal's 06 0F has shown that it arrived; all else
// is OutcomeUnknown, and probe() asks for the last booking and compares it. ZVT
// has no name of ours that comes back with a booking: what proves that it is this
// attempt's is that the terminal had answered the request and that its number is
// the next one, or the number that it had told before. The amount alone is none.
#pragma once

#include "drivers/terminal/zvt/dialogue.h"

namespace drivers {

class ZvtTerminal final : public CardTerminal {
 public:
  ZvtTerminal(std::unique_ptr<zvt::Link> link, ZvtSettings settings);

  CardOutcome authorize(const CardIntent& intent, CardHooks& hooks) override;
  ProbeResult probe(const CardQuestion& question) override;
  void request_cancel() override { cancel_wished_ = true; }
  TerminalHealth health() override;
  ServiceReport serve(CardService service, CardHooks& hooks) override;
  // By 06 50 (PA00P015 2.17): the amount of its 04 0F is the sum of the day.
  DayEnd end_day(CardHooks& hooks) override;

 private:
  CardOutcome authorize_now(const CardIntent& intent, CardHooks& hooks);
  CardOutcome request(const CardIntent& intent, const CardReference& key, CardHooks& hooks);
  std::optional<NotStarted> find_baseline(const CardReference& last_known);
  zvt::Message request_for(const CardIntent& intent) const;
  bool is_foreign(const zvt::StatusInformation& status) const;
  Approved approved(const CardIntent& intent, const zvt::StatusInformation& status) const;

  ZvtSettings settings_;
  zvt::Dialogue dialogue_;
  std::atomic<bool> cancel_wished_ = false;
  std::optional<CardReference> baseline_;  // nothing: it has to be asked for
};

}  // namespace drivers
