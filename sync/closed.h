// A way to the outside that is not taken: everything waits, and the reason is said
// wherever one looks. Lives on the sync thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sync/mail/mailer.h"
#include "sync/upstream/upstream.h"

namespace syncing {

class ClosedUpstream final : public Upstream {
 public:
  explicit ClosedUpstream(std::string why) : why_(std::move(why)) {}

  void begin(std::vector<Job> jobs) override {
    for (const Job& job : jobs) answers_.push_back({job.row, link_is_down(why_)});
  }
  std::vector<RowAnswer> answers() override { return std::exchange(answers_, {}); }
  void begin_pull(const PullFrom&) override {
    pulled_.emplace();
    pulled_->trouble = why_;
  }
  std::optional<Pulled> pulled() override { return std::exchange(pulled_, std::nullopt); }
  void begin_check() override { checked_ = Check{false, {}, {why_}}; }
  std::optional<Check> checked() override { return std::exchange(checked_, std::nullopt); }
  void accept(const core::Order&) override {}
  std::string refuse(const core::Order& order, const std::string&) override { return order.number; }

 private:
  std::string why_;
  std::vector<RowAnswer> answers_;
  std::optional<Pulled> pulled_;
  std::optional<Check> checked_;
};

class ClosedMailer final : public Mailer {
 public:
  explicit ClosedMailer(std::string why) : why_(std::move(why)) {}

  void begin(MailJob job) override { answers_.push_back({job.row, link_is_down(why_)}); }
  std::vector<RowAnswer> answers() override { return std::exchange(answers_, {}); }

 private:
  std::string why_;
  std::vector<RowAnswer> answers_;
};

}  // namespace syncing
