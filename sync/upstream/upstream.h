// The system that orders are pushed to and pulled from. Begins and answers
// later, so that a slow one holds up nothing else. Lives on the sync thread.
//
// Exactly once: an order is pushed under its own id and version; pushing the
// same again must be harmless. A pulled order stays with the upstream until the
// till has it in its store, so that nothing is lost between the two.
#pragma once

#include <string>
#include <vector>

#include "core/order.h"
#include "core/store/outbox_store.h"
#include "sync/answer.h"

namespace syncing {

// One thing that the upstream must learn. Beginning it again after any cut must
// be harmless: an adapter reads before it writes, and what is there already is done.
struct Job {
  std::int64_t row = 0;  // of the outbox
  core::Order order;     // as of the version that is pushed
  core::OutboxKind kind = core::OutboxKind::push_order;
  core::Uuid key = {};      // stable over all tries
  core::Uuid subject = {};  // the payment, fulfilment or refund of `order` that it is about
  core::Money amount = {};  // of a capture, a void, a refund, a payment
  std::string note = {};    // the reason of a cancellation or a refund
  bool restock = false;     // of a cancellation
};

class Upstream {
 public:
  virtual ~Upstream() = default;

  virtual void begin(std::vector<Job> jobs) = 0;
  virtual void begin_pull(core::Instant now) = 0;

  // What has been answered since the last call; these never wait.
  virtual std::vector<RowAnswer> answers() = 0;
  struct Pulled {
    std::vector<core::Order> orders;  // may hold what was pulled before
    std::string trouble;              // why the upstream could not be asked; empty: it could
  };
  virtual std::optional<Pulled> pulled() = 0;  // none: no pull has ended

  // The pulled order is in the store; it need not be pulled again.
  virtual void accept(const core::Order& order) = 0;
  // The till will never take it; `reason` in words for whoever sent it.
  virtual void refuse(const core::Order& order, const std::string& reason) = 0;
};

}  // namespace syncing
