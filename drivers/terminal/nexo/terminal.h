// An Adyen terminal in the shop's network, spoken to by its Terminal API (nexo
// Retailer 3.0, "local integration"): one HTTPS request for each thing, answered
// when it is over.
//
// Whatever happens to a payment's request after a byte of it has left, short of
// an answer that can be read and is ours, is OutcomeUnknown; probe() then asks
// for the transaction's status. The ServiceID is made from the attempt's number,
// which the till never uses twice, so that an attempt is found again later.
#pragma once

#include <atomic>
#include <memory>

#include "core/base/clock.h"
#include "drivers/terminal/card_terminal.h"
#include "drivers/terminal/nexo/codec.h"
#include "drivers/transport/https.h"

namespace drivers {

struct NexoSettings {
  std::string poi_id;              // "V400m-346403161"
  std::string sale_id = "TRESEN";  // what the till calls itself
  nexo::SharedKey key{};
  core::Currency currency = core::eur;
  // Longer than the terminal waits for a card and for the bank, 120 s each at most.
  Milliseconds to_finish{180'000};
  Milliseconds to_answer{15'000};        // anything but a payment
  Milliseconds between_asks{5'000};      // while a payment still runs
  Milliseconds not_found_apart{10'000};  // "not found" counts when it is said twice
  int asks = 6;                          // in one probe
};

// Whether a certificate of this name belongs to the terminal `poi_id`: Adyen's
// names, of the test and the live platform. Which of the two it is, the trusted
// authority decides.
bool is_nexo_terminal_name(const std::string& name, const std::string& poi_id);

class NexoTerminal final : public CardTerminal {
 public:
  // `clock` must outlive it.
  NexoTerminal(std::unique_ptr<HttpsLink> link, NexoSettings settings, const core::Clock& clock);

  CardOutcome authorize(const CardIntent& intent, CardHooks& hooks) override;
  ProbeResult probe(const CardQuestion& question) override;
  void request_cancel() override;
  TerminalHealth health() override;
  ServiceReport serve(CardService service, CardHooks& hooks) override;
  // Adyen settles by itself: there is no day to close, and no sum to ask for.
  DayEnd end_day(CardHooks& hooks) override;

 private:
  // What a request that is answered at once led to.
  struct Reply {
    std::optional<nexo::Message> message{};
    std::optional<HttpsTrouble> trouble{};
    std::optional<nexo::ReadError> error{};
    long status = 0;
    std::string peer_name{};
  };

  nexo::Header header(std::string_view category, std::string service_id) const;
  std::string next_service_id(std::int64_t number);
  int send(const nexo::Message& message, Milliseconds patience);
  Reply read(const HttpsEnd& end, const nexo::Header& request) const;
  Reply ask(const nexo::Message& message);
  bool pause(Milliseconds time);
  Approved approved(const nexo::PaymentResponse& response, const nexo::Header& request,
                    core::Money amount) const;
  CardOutcome decide(const nexo::PaymentResponse& response, const nexo::Header& request,
                     core::AttemptId attempt, core::Money amount, bool is_repeated) const;
  CardOutcome reversed(const nexo::ReversalResponse& response, const nexo::Header& request,
                       core::Money amount) const;
  CardOutcome record(const Approved& approved, CardHooks& hooks) const;
  Reply diagnose(bool asks_host);
  ServiceReport show_text();

  std::unique_ptr<HttpsLink> link_;
  NexoSettings settings_;
  const core::Clock& clock_;
  std::atomic<bool> cancel_wished_ = false;
  std::int64_t last_sub_ = 0;
};

}  // namespace drivers
