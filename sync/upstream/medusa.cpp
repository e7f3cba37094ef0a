#include "sync/upstream/medusa.h"

#include <fmt/format.h>

#include <utility>

namespace syncing {

namespace {

using medusa::Part;

// Stock has no time of change, so all of it is read; not at every round.
constexpr std::int64_t rounds_between_stock = 20;

}  // namespace

Medusa::Medusa(std::unique_ptr<HttpClient> http, medusa::Api api,
               medusa::Introduction::Wanted wanted)
    : http_(std::move(http)), api_(std::move(api)), wanted_(std::move(wanted)), telling_(*http_) {}

void Medusa::begin(std::vector<Job> jobs) {
  for (Job& job : jobs) waiting_.push_back(std::move(job));
  start_waiting();
}

void Medusa::start_waiting() {
  if (waiting_.empty()) return;
  if (!place_) return introduce({});
  for (Job& job : std::exchange(waiting_, {})) {
    const std::int64_t row = job.row;
    telling_.begin(row, medusa::Dialogue(std::move(job), api_, *place_));
  }
}

void Medusa::introduce(core::Instant now) {
  if (introduction_) return;
  introduction_.emplace(api_, wanted_, now);
  introduction_request_ = http_->begin(std::get<HttpRequest>(introduction_->next()));
}

void Medusa::hear_introduction(const Heard& heard) {
  introduction_->hear(heard);
  auto next = introduction_->next();
  if (auto* request = std::get_if<HttpRequest>(&next)) {
    introduction_request_ = http_->begin(std::move(*request));
    return;
  }
  auto found = std::get<medusa::Introduction::Found>(std::move(next));
  introduction_.reset();
  introduction_request_ = 0;
  if (std::exchange(check_wanted_, false)) checked_ = found.check;
  if (!found.trouble) {
    // A place that is known already stays where it is: dialogues look at it.
    if (!place_) place_ = std::move(found.place);
    start_waiting();
    start_pull();
    return;
  }
  for (const Job& job : std::exchange(waiting_, {})) answers_.push_back({job.row, *found.trouble});
  if (pull_) {
    pull_.reset();
    pulled_ = Pulled{};
    pulled_->trouble = found.trouble->reason;
  }
}

void Medusa::listen() {
  for (HttpClient::Ended& ended : http_->ended()) {
    if (ended.number == introduction_request_) {
      hear_introduction(ended.heard);
    } else if (ended.number == pull_request_) {
      hear_pull(ended.heard);
    } else {
      telling_.take(ended);
    }
  }
  for (auto& ended : telling_.ended()) answers_.push_back({ended.row, std::move(ended.result)});
}

std::vector<RowAnswer> Medusa::answers() {
  listen();
  return std::exchange(answers_, {});
}

void Medusa::begin_check() {
  check_wanted_ = true;
  introduce({});
}

std::optional<Check> Medusa::checked() {
  listen();
  return std::exchange(checked_, std::nullopt);
}

// --- pulling ---

void Medusa::begin_pull(const PullFrom& from) {
  pull_ = from;
  if (!place_) return introduce(from.now);
  start_pull();
}

void Medusa::start_pull() {
  if (!pull_ || pull_request_ != 0) return;
  if (part_ == Part::open_orders && pull_->open_orders.empty()) next_part();
  if (!position_) {
    position_.emplace();
    if (part_ != Part::stock) {
      position_->since = medusa::with_overlap(pull_->cursor(medusa::cursor_name(part_)));
    }
  }
  pull_request_ =
      http_->begin(api_.get(medusa::url_of(part_, *position_, pull_->open_orders, *place_)));
}

void Medusa::hear_pull(const Heard& heard) {
  pull_request_ = 0;
  pull_.reset();
  const medusa::Reply reply = medusa::reply_of(heard);
  if (!reply.is_good()) {
    pulled_ = Pulled{};
    pulled_->trouble =
        reply.trouble ? reply.trouble->reason : "Medusa says: " + reply.refused->message;
    position_.reset();
    part_ = Part::orders;
    return;
  }
  medusa::Page page = medusa::page_of(part_, *position_, reply.json, *place_);
  pulled_ = std::move(page.pulled);
  goods_ += static_cast<std::int64_t>(pulled_->catalogue.products.size());
  if (part_ != Part::stock && part_ != Part::open_orders && !page.next.since.empty()) {
    pulled_->cursors.push_back({medusa::cursor_name(part_), page.next.since});
  }
  if (page.is_last) {
    next_part();
  } else {
    position_ = page.next;
    if (part_ == Part::products) pulled_->progress = fmt::format("{}", goods_);
  }
  pulled_->more = part_ != Part::orders || position_.has_value();
}

void Medusa::next_part() {
  position_.reset();
  const bool stock_is_due = rounds_ % rounds_between_stock == 0;
  if (part_ == Part::stock || (part_ == Part::customers && !stock_is_due)) {
    part_ = Part::orders;
    ++rounds_;
    return;
  }
  part_ = static_cast<Part>(static_cast<int>(part_) + 1);
}

std::optional<Upstream::Pulled> Medusa::pulled() {
  listen();
  return std::exchange(pulled_, std::nullopt);
}

}  // namespace syncing
