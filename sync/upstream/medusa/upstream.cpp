#include "sync/upstream/medusa/upstream.h"

#include <fmt/format.h>

#include <algorithm>
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
  for (Job& job : jobs) {
    if (job.kind == core::OutboxKind::refund || job.kind == core::OutboxKind::cancel ||
        job.stock.has_value()) {
      moving_stock_.insert(job.row);
    }
    waiting_.push_back(std::move(job));
  }
  start_waiting();
}

void Medusa::start_waiting() {
  if (waiting_.empty()) return;
  if (!place_) return introduce({});
  if (calls_roll()) return;
  for (Job& job : std::exchange(waiting_, {})) {
    const std::int64_t row = job.row;
    if (job.stock) {
      telling_.begin(row, medusa::Dialogue(std::move(job), api_, *place_));
      continue;
    }
    const std::string key = medusa::our_id(job.order);
    const auto known = told_.find(key);
    medusa::Told told;
    if (known != told_.end()) told = known->second;
    // After the roll was called, who is not on it is not there.
    told.is_sure = told.is_sure || (roll_since_ && !begun_.contains(key));
    begun_.insert(key);
    telling_.begin(row, medusa::Dialogue(std::move(job), api_, *place_, told));
  }
}

// --- what is there already, where Medusa's search does not know our ids ---

// Whether the roll is called now: of those that wait, somebody may have told of one
// without hearing the answer, or drafts were left behind by a till that was killed.
bool Medusa::calls_roll() {
  if (roll_call_) return true;
  constexpr std::chrono::hours clocks_differ_by{24};
  std::set<std::string> ours;
  std::optional<core::Instant> since;
  for (const Job& job : waiting_) {
    if (job.stock) continue;
    const std::string key = medusa::our_id(job.order);
    const bool may_be_there = job.order.channel == "till" && job.order.upstream_id.empty() &&
                              (!job.is_unheard_of || begun_.contains(key));
    if (!may_be_there || place_->refuses_doubles) continue;
    const core::Instant placed = job.order.placed - clocks_differ_by;
    ours.insert(key);
    const bool is_covered = roll_since_ && placed >= *roll_since_ && !begun_.contains(key);
    if (!is_covered) since = std::min(since.value_or(placed), placed);
  }
  if (!since && !place_->has_drafts) return false;
  if (!since) since = place_->server_time;
  place_->has_drafts = false;
  roll_since_ = std::min(roll_since_.value_or(*since), *since);
  for (const std::string& key : ours) {
    begun_.erase(key);
    told_.erase(key);
  }
  roll_call_.emplace(api_, place_->channel, *since, std::move(ours));
  roll_request_ = http_->begin(std::get<HttpRequest>(roll_call_->next()));
  return true;
}

void Medusa::hear_roll(const Heard& heard) {
  roll_call_->hear(heard);
  auto next = roll_call_->next();
  if (auto* request = std::get_if<HttpRequest>(&next)) {
    roll_request_ = http_->begin(std::move(*request));
    return;
  }
  auto result = std::get<medusa::RollCall::Result>(std::move(next));
  roll_call_.reset();
  roll_request_ = 0;
  if (result.trouble) {
    roll_since_.reset();
    return give_up_waiting(*result.trouble);
  }
  for (auto& [key, told] : result.told) told_[key] = std::move(told);
  start_waiting();
}

void Medusa::give_up_waiting(const Answer& why) {
  for (const Job& job : std::exchange(waiting_, {})) answers_.push_back({job.row, why});
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
    if (!calls_roll()) start_waiting();
    start_pull();
    return;
  }
  give_up_waiting(*found.trouble);
  if (pull_) {
    pull_.reset();
    pulled_ = Pulled{};
    pulled_->trouble = found.trouble->reason;
    pulled_->retry_after = found.trouble->retry_after;
  }
}

void Medusa::listen() {
  for (HttpClient::Ended& ended : http_->ended()) {
    if (ended.number == introduction_request_) {
      hear_introduction(ended.heard);
    } else if (ended.number == roll_request_) {
      hear_roll(ended.heard);
    } else if (ended.number == pull_request_) {
      hear_pull(ended.heard);
    } else {
      telling_.take(ended);
    }
  }
  for (auto& ended : telling_.ended()) {
    // What was read of the stock before this may be of before it.
    stock_was_moved_ |= moving_stock_.erase(ended.row) > 0;
    answers_.push_back({ended.row, std::move(ended.result)});
  }
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
  if (part_ == Part::open_orders && open_left_.empty()) choose_open_orders();
  if (part_ == Part::open_orders && open_left_.empty()) next_part();
  if (!position_) {
    position_.emplace();
    if (part_ == Part::stock) stock_was_moved_ = false;
    if (medusa::goes_by_time(part_)) {
      position_->since = medusa::with_overlap(pull_->cursor(medusa::cursor_name(part_)));
    }
    const core::Instant again = pull_->again_since();
    tries_again_ = part_ == Part::orders && again != core::Instant{};
    if (tries_again_) {
      position_->since = std::min(position_->since, medusa::with_overlap(core::to_iso(again)));
    }
  }
  std::vector<std::string> ids = open_left_;
  if (ids.size() > medusa::orders_a_page) ids.resize(medusa::orders_a_page);
  pull_request_ = http_->begin(api_.get(medusa::url_of(part_, *position_, ids, *place_)));
}

// Medusa tells no time of a payment, so what is open here is read again: all of it when
// the till has just started, then the latest and some others by turns.
void Medusa::choose_open_orders() {
  open_left_ = pull_->open_orders;
  if (rounds_ == 0 || open_left_.size() <= 2 * medusa::orders_a_page) return;
  const auto page = static_cast<std::ptrdiff_t>(medusa::orders_a_page);
  const auto others = static_cast<std::ptrdiff_t>(open_left_.size()) - page;
  const std::ptrdiff_t turn = (rounds_ * page) % others;
  std::rotate(open_left_.begin() + page, open_left_.begin() + page + turn, open_left_.end());
  open_left_.resize(2 * medusa::orders_a_page);
}

void Medusa::hear_pull(const Heard& heard) {
  pull_request_ = 0;
  const core::Instant now = pull_->now;
  const std::string lists_before = pull_->cursor(medusa::cursor_name(Part::price_lists));
  pull_.reset();
  const medusa::Reply reply = medusa::reply_of(heard);
  if (!reply.is_good()) {
    pulled_ = Pulled{};
    pulled_->trouble =
        reply.trouble ? reply.trouble->reason : "Medusa says: " + reply.refused->message;
    if (reply.trouble) pulled_->retry_after = reply.trouble->retry_after;
    position_.reset();
    open_left_.clear();
    lists_being_read_ = {};
    stock_was_moved_ |= part_ == Part::stock;  // and was not read: the next round does
    part_ = Part::orders;
    return;
  }
  medusa::Page page = medusa::page_of(part_, *position_, reply.json, {*place_, lists_, now});
  pulled_ = std::move(page.pulled);
  if (part_ == Part::price_lists) take_price_lists(reply.json, page.is_last, lists_before);
  goods_ += static_cast<std::int64_t>(pulled_->catalogue.products.size());
  if (medusa::goes_by_time(part_) && !page.next.since.empty()) {
    pulled_->cursors.push_back({medusa::cursor_name(part_), page.next.since});
  }
  if (part_ == Part::open_orders) {
    const auto some = std::min<std::size_t>(open_left_.size(), medusa::orders_a_page);
    open_left_.erase(open_left_.begin(), open_left_.begin() + static_cast<std::ptrdiff_t>(some));
    page.is_last = open_left_.empty();
  }
  pulled_->was_tried = tries_again_ && page.is_last && part_ == Part::orders;
  if (page.is_last) {
    next_part();
  } else {
    position_ = page.next;
    if (part_ == Part::products) pulled_->progress = fmt::format("{}", goods_);
  }
  pulled_->more = part_ != Part::orders || position_.has_value();
}

// A price list changes no article's time: where any of them is another one, all
// variants are read again.
void Medusa::take_price_lists(const Json& json, bool is_last, const std::string& before) {
  medusa::add_price_lists(lists_being_read_, json, *place_);
  if (!is_last) return;
  lists_ = std::exchange(lists_being_read_, {});
  if (lists_.mark == before) return;
  pulled_->cursors.push_back({medusa::cursor_name(Part::price_lists), lists_.mark});
  pulled_->cursors.push_back({medusa::cursor_name(Part::variants), ""});
}

void Medusa::next_part() {
  position_.reset();
  const bool stock_is_due = rounds_ % rounds_between_stock == 0 || stock_was_moved_;
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
