// The system that orders are pushed to and pulled from. Begins and answers
// later, so that a slow one holds up nothing else. Lives on the sync thread.
//
// Exactly once: an order is pushed under its own id and version; pushing the
// same again must be harmless. A pulled order stays with the upstream until the
// till has it in its store, so that nothing is lost between the two.
#pragma once

#include <string>
#include <vector>

#include "core/catalogue/pulled_catalogue.h"
#include "core/catalogue/stock_change.h"
#include "core/customers/pulled_customer.h"
#include "core/orders/order.h"
#include "core/outbox/put_aside.h"
#include "core/store/anchor.h"
#include "core/store/outbox_store.h"
#include "sync/base/answer.h"

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
  std::vector<core::UpstreamVariant> variants = {};  // what each line sells, as it knows it
  bool is_unheard_of = false;  // nobody can have told it of `order` yet: no need to look for it
  std::optional<core::Anchor> anchor = {};      // the journal's entry of its latest receipt
  std::optional<core::StockChange> stock = {};  // of adjust_stock, which has no order
};

// From where a pull goes on.
struct PullFrom {
  core::Instant now;
  std::vector<core::SyncCursor> cursors;
  std::vector<std::string> open_orders;    // its ids of its orders that are open here
  std::vector<core::PutAside> again = {};  // what a person wants tried once more
  // From when on orders are read again for that; 0: they need not be.
  core::Instant again_since() const {
    core::Instant since{};
    for (const core::PutAside& one : again) {
      const bool is_earlier = since == core::Instant{} || one.changed < since;
      if (one.changed != core::Instant{} && is_earlier) since = one.changed;
    }
    return since;
  }
  std::string cursor(std::string_view name) const {
    for (const core::SyncCursor& known : cursors) {
      if (known.name == name) return known.value;
    }
    return {};
  }
};

// What a connection test has found, in sentences.
struct Check {
  bool works = false;
  std::vector<std::string> found;    // "Shop \"Feinkost\", currency EUR"
  std::vector<std::string> trouble;  // what is wrong and what to do
};

class Upstream {
 public:
  virtual ~Upstream() = default;

  virtual void begin(std::vector<Job> jobs) = 0;
  // One step of a pull, limited in size: the register is never kept long.
  virtual void begin_pull(const PullFrom& from) = 0;

  // What has been answered since the last call; these never wait.
  virtual std::vector<RowAnswer> answers() = 0;
  struct Pulled {
    std::vector<core::Order> orders;  // may hold what was pulled before
    core::PulledCatalogue catalogue;
    std::vector<core::PulledCustomer> customers = {};
    std::vector<core::SyncCursor> cursors;  // to be kept once all of it is in the store
    bool more = false;                      // there is a next step, at once
    std::string progress;                   // "12,000 products", while there is more; may be empty
    std::string trouble;                    // why the upstream could not be asked; empty: it could
    std::optional<std::chrono::seconds> retry_after = {};  // with trouble: its wish
    // What could not be taken; `aside_is_all`: and there is nothing else aside.
    std::vector<core::PutAside> aside = {};
    bool aside_is_all = false;
    bool was_tried = false;  // all orders since PullFrom::again_since() have been read again
  };
  virtual std::optional<Pulled> pulled() = 0;  // none: no pull has ended

  // Asks it who it is and whether the till may do what it must; answers later.
  virtual void begin_check() = 0;
  virtual std::optional<Check> checked() = 0;  // none: no check has ended

  // The pulled order is in the store; it need not be pulled again.
  virtual void accept(const core::Order& order) = 0;
  // The till will not take it; `reason` in words for whoever sent it. Under what name
  // it is put aside.
  virtual std::string refuse(const core::Order& order, const std::string& reason) = 0;
};

}  // namespace syncing
