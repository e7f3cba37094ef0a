// A wire from the till to a simulated nexo terminal in the same process: no TLS,
// no waiting. The n-th message of either side can be lost; what would never be
// answered has timed out at once.
#pragma once

#include <deque>
#include <functional>
#include <limits>
#include <memory>

#include "drivers/terminal/nexo/simulator.h"
#include "drivers/terminal/nexo/terminal.h"

namespace tests {

inline drivers::nexo::SharedKey nexo_key() {
  static const drivers::nexo::Keys keys = drivers::nexo::keys_from("correct horse battery");
  return {"mykey", 1, keys};
}

struct NexoWire {
  static constexpr int never = std::numeric_limits<int>::max();

  explicit NexoWire(drivers::nexo::SimulatedCard card = drivers::nexo::SimulatedCard::approve)
      : terminal({.key = nexo_key(), .card = card}) {}

  drivers::nexo::Simulator terminal;
  bool is_plugged = true;
  int cut_at = never;                          // counted over both sides, from 0; once
  int messages = 0;                            // so far
  std::vector<std::string> heard;              // every request, as it arrived
  std::function<void()> when_waiting = [] {};  // while a payment runs

  bool passes() { return messages++ != cut_at; }
};

class NexoLine final : public drivers::HttpsLink {
 public:
  explicit NexoLine(NexoWire& wire) : wire_(wire) {}

  int post(std::string body, drivers::Milliseconds) override {
    const int request = ++last_;
    if (!wire_.is_plugged) {
      end(request, false, tl::unexpected(drivers::HttpsTrouble::unreachable));
      return request;
    }
    if (!wire_.passes()) {
      end(request, true, tl::unexpected(drivers::HttpsTrouble::cut));
      return request;
    }
    wire_.heard.push_back(body);
    open_.push_back(request);
    for (const auto& said : wire_.terminal.take(request, body)) hear(said);
    return request;
  }
  std::optional<drivers::HttpsEnd> wait(drivers::Milliseconds) override {
    if (ended_.empty() && !open_.empty()) {
      wire_.when_waiting();
      if (is_woken_) {
        is_woken_ = false;
        return {};
      }
    }
    if (ended_.empty() && !open_.empty()) {
      end(open_.front(), true, tl::unexpected(drivers::HttpsTrouble::timed_out));
    }
    if (ended_.empty()) return {};
    drivers::HttpsEnd first = std::move(ended_.front());
    ended_.pop_front();
    return first;
  }
  void drop_all() override {
    for (const int request : open_) wire_.terminal.closed(request);
    open_.clear();
    ended_.clear();
  }
  void wake() override { is_woken_ = true; }

 private:
  void hear(const drivers::nexo::Simulator::Said& said) {
    if (said.is_cut || !wire_.passes()) {
      end(said.connection, true, tl::unexpected(drivers::HttpsTrouble::cut));
    } else {
      end(said.connection, true, drivers::HttpsAnswer{said.status, said.body});
    }
  }
  void end(int request, bool has_left,
           core::Result<drivers::HttpsAnswer, drivers::HttpsTrouble> answer) {
    std::erase(open_, request);
    ended_.push_back({request, has_left, std::move(answer), ""});
  }

  NexoWire& wire_;
  std::vector<int> open_;
  std::deque<drivers::HttpsEnd> ended_;
  bool is_woken_ = false;
  int last_ = 0;
};

inline drivers::NexoSettings nexo_settings() {
  drivers::NexoSettings settings;
  settings.poi_id = "V400m-346403161";
  settings.key = nexo_key();
  settings.between_asks = settings.not_found_apart = drivers::Milliseconds{0};
  return settings;
}

inline std::unique_ptr<drivers::NexoTerminal> nexo_terminal(NexoWire& wire,
                                                            const core::Clock& clock) {
  return std::make_unique<drivers::NexoTerminal>(std::make_unique<NexoLine>(wire), nexo_settings(),
                                                 clock);
}

}  // namespace tests
