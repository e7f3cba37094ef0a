// A till for a test: a store in a folder of its own, a clock that stands still,
// and a few products. Commands go through the register as the screens' would.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "core/register.h"
#include "core/store/catalogue_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/new_store.h"
#include "tests/support/temp_folder.h"

namespace tests {

class TillDriver {
 public:
  TillDriver() {
    put_new_store(folder_.path());
    reopen();
    add_product("Laugenbrezel", 105, "reduced", "4000001000013");
    add_product("Krimi", 1400, "reduced", "4000001000020");
    add_product("Riesling", 890, "standard", "4000001000037");
    add_product("Bergkäse", 2490, "reduced", "4000001000044", core::Unit::kilogram);
  }

  // Closes the store, as a kill would, and opens it again.
  core::Effects reopen() {
    till_.reset();
    auto opened = core::Register::open({folder_.path(), core::Durability::full, {}}, clock);
    REQUIRE_MESSAGE(opened, (opened ? "" : core::in_words(opened.error())));
    till_ = std::move(*opened);
    return till_->resume();
  }

  // Nobody has the store open: for another process.
  void close() { till_.reset(); }

  core::Effects must(const core::Command& command, std::string_view approval = "") {
    auto handled = till_->handle(command, approval);
    REQUIRE_MESSAGE(handled, (handled ? "" : handled.error().text + handled.error().detail));
    return std::move(*handled);
  }
  core::Refusal refused(const core::Command& command, std::string_view approval = "") {
    auto handled = till_->handle(command, approval);
    REQUIRE_FALSE(handled);
    return handled.error();
  }
  void scan(const std::string& code) { must(core::Scan{code}); }

  void add_product(const std::string& title, std::int64_t price, const std::string& tax,
                   const std::string& barcode, core::Unit unit = core::Unit::piece) {
    core::Variant variant;
    variant.product_title = title;
    variant.sku = title;
    variant.barcodes = {barcode};
    variant.price = {price, core::eur};
    variant.tax_code = tax;
    variant.unit = unit;
    core::Transaction transaction(till_->database());
    core::put_product(till_->database(), {title, title, {variant}}, "test");
    REQUIRE(transaction.commit());
  }

  core::Snapshot now() { return till_->snapshot(); }
  core::Register& till() { return *till_; }
  core::Database& database() { return till_->database(); }
  const std::filesystem::path& folder() const { return folder_.path(); }

  FakeClock clock;

 private:
  TempFolder folder_;
  std::unique_ptr<core::Register> till_;
};

inline const char* brezel = "4000001000013";
inline const char* krimi = "4000001000020";
inline const char* riesling = "4000001000037";
inline const char* cheese = "4000001000044";

inline core::Money euros(std::int64_t minor) {
  return {minor, core::eur};
}

// The first effect of a kind; nullptr: there is none.
template <class Kind>
const Kind* find_effect(const core::Effects& effects) {
  for (const auto& effect : effects) {
    if (const auto* found = std::get_if<Kind>(&effect)) return found;
  }
  return nullptr;
}

}  // namespace tests
