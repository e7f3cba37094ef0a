// Medusa 2 as the upstream, through its Admin API: a shop's own server, and the
// place where many tills meet. What is decided how stands in decisions.md.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/upstream/conversations.h"
#include "sync/upstream/medusa/pull.h"

namespace syncing {

class Medusa final : public Upstream {
 public:
  Medusa(std::unique_ptr<HttpClient> http, medusa::Api api, medusa::Introduction::Wanted wanted);

  void begin(std::vector<Job> jobs) override;
  void begin_pull(const PullFrom& from) override;
  std::vector<RowAnswer> answers() override;
  std::optional<Pulled> pulled() override;
  void begin_check() override;
  std::optional<Check> checked() override;
  void accept(const core::Order&) override {}
  std::string refuse(const core::Order& order, const std::string&) override {
    return order.upstream_number.empty() ? order.number : order.upstream_number;
  }

 private:
  void listen();
  void introduce(core::Instant now);
  void hear_introduction(const Heard& heard);
  bool calls_roll();
  void hear_roll(const Heard& heard);
  void give_up_waiting(const Answer& why);
  void start_waiting();
  void start_pull();
  void choose_open_orders();
  void hear_pull(const Heard& heard);
  void take_price_lists(const Json& json, bool is_last, const std::string& before);
  void next_part();

  std::unique_ptr<HttpClient> http_;
  medusa::Api api_;
  medusa::Introduction::Wanted wanted_;

  std::optional<medusa::Place> place_;  // once it is known
  std::optional<medusa::Introduction> introduction_;
  std::uint64_t introduction_request_ = 0;
  bool check_wanted_ = false;
  std::optional<Check> checked_;

  std::vector<Job> waiting_;  // for the introduction, or the roll call
  std::optional<medusa::RollCall> roll_call_;
  std::uint64_t roll_request_ = 0;
  std::optional<core::Instant> roll_since_;   // the last one was called for
  std::map<std::string, medusa::Told> told_;  // what it found
  std::set<std::string> begun_;               // told of since, by our ids
  Conversations<medusa::Dialogue, Answer> telling_;
  std::vector<RowAnswer> answers_;

  std::optional<PullFrom> pull_;  // that is asked for and not answered
  std::uint64_t pull_request_ = 0;
  medusa::Part part_ = medusa::Part::orders;
  std::optional<medusa::Position> position_;  // within the part
  std::vector<std::string> open_left_;        // orders that are still to be looked at
  std::set<std::int64_t> moving_stock_;       // rows that are told of now and move it
  bool stock_was_moved_ = false;              // by what was told since it was read
  medusa::PriceLists lists_, lists_being_read_;
  bool tries_again_ = false;  // orders are read once more from an earlier time on
  std::int64_t rounds_ = 0;
  std::int64_t goods_ = 0;  // pulled since the till started
  std::optional<Pulled> pulled_;
};

}  // namespace syncing
