// An Adyen terminal without a card: what it answers to each request, and its book
// of what it has booked. It knows no sockets: whoever owns it carries the bytes.
// Pure; one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/terminal/nexo/codec.h"

namespace drivers::nexo {

// What happens to a payment.
enum class SimulatedCard {
  approve,
  decline,
  part,              // half of it is approved
  wait,              // nobody presents a card, until it is aborted or given up
  silent_charged,    // books it, and never answers
  silent_uncharged,  // takes it, books nothing, never answers
  cut_before,        // the line ends before it is processed
  cut_after,         // it is booked, and the line ends instead of an answer
  busy,
  unreachable_host,
  unknown_word,  // fails for a reason that no list has
  other_amount,
  other_currency,
  wrong_service,  // answers with another ServiceID
  wrong_terminal,
  wrong_sale,  // answers about another sale
  bad_mac,
  in_clear,
  event,    // a notification instead of an answer
  nothing,  // 200, and no body
};
// What it says about earlier ones.
enum class SimulatedMemory { truth, in_progress, forgets, silent };

struct SimulatorSettings {
  std::string poi_id = "V400m-346403161";
  SharedKey key{};
  SimulatedCard card = SimulatedCard::approve;
  SimulatedMemory memory = SimulatedMemory::truth;
  std::string pan_end = "4242";
  std::string leak{};  // a whole card number that it puts wherever it can, as it must not
};

class Simulator {
 public:
  // What becomes of a connection: an answer, or its end without one.
  struct Said {
    int connection = 0;
    bool is_cut = false;
    int status = 200;
    std::string body;
  };

  explicit Simulator(SimulatorSettings settings) : settings_(std::move(settings)) {}

  // A whole request arrived there. An answer that is not in the result comes
  // later, with that to another request, or never.
  std::vector<Said> take(int connection, std::string_view text);
  // The till has closed it. A payment that waits for a card goes on without it.
  void closed(int connection);
  // A card is presented to the payment that waits, or the waiting ends.
  std::vector<Said> present(bool is_good);

  void use(SimulatedCard card) { settings_.card = card; }
  void use(SimulatedMemory memory) { settings_.memory = memory; }
  int charges() const { return charges_; }
  int reversals() const { return reversals_; }

 private:
  struct Entry {
    Header header;
    std::optional<PaymentResponse> payment;
    std::optional<ReversalResponse> reversal;
  };
  struct Waiting {
    int connection;
    Header header;
    PaymentRequest request;
  };

  Said pay(int connection, const Header& header, const PaymentRequest& request, bool& answers);
  PaymentResponse result(const PaymentRequest& request, SimulatedCard card);
  StatusResponse status(const StatusRequest& request) const;
  Said answer(int connection, Header header, Body body) const;

  SimulatorSettings settings_;
  std::map<std::string, Entry> book_;  // by sale id and service id
  std::optional<Waiting> waiting_;
  int charges_ = 0;
  int reversals_ = 0;
};

}  // namespace drivers::nexo
