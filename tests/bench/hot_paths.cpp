// What a person waits for, each walked a fixed number of times, so that its instructions
// can be counted: a step back shows on any machine, however noisy.
//
//   hot_paths          says their names
//   hot_paths NAME     walks one; what counts happens inside `counted`
//
// tests/bench/count.py runs it under callgrind and compares with instructions.tsv.
#include <fmt/core.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/register.h"
#include "core/store/catalogue_search.h"
#include "core/store/catalogue_store.h"
#include "core/store/catalogue_writer.h"
#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "drivers/printer/escpos_encoder.h"
#include "pos/screens/sell/sell_screen.h"
#include "pos/tools/replay.h"
#include "pos/ui/software_renderer.h"
#include "sync/upstream/json/order_json.h"
#include "tests/support/shop_scene.h"
#include "tests/support/temp_folder.h"

// Callgrind counts while this name is on the stack.
extern "C" [[gnu::noinline]] void counted(const std::function<void()>& walk) {
  walk();
}

namespace {

// Once to fill every cache, once to be counted.
void twice(const std::function<void()>& walk) {
  walk();
  counted(walk);
}

class StillClock final : public core::Clock {
 public:
  core::Instant now() const override { return test::ShopScene::now(); }
};

std::string name_of(int article) {
  static constexpr const char* goods[] = {"Bergkäse", "Olivenöl", "Riesling", "Laugenbrezel",
                                          "Weißwurst"};
  return fmt::format("{} Sorte {} {} g", goods[article % 5], article, article % 9 * 50 + 50);
}

// A till with 2,000 articles and as many sales as are asked for.
class Till {
 public:
  explicit Till(int sales) {
    auto opened = core::Register::open({folder_.path(), core::Durability::none, {}}, clock_);
    if (!opened) std::abort();
    till_ = std::move(*opened);
    core::Transaction transaction(till_->database());
    core::CatalogueWriter writer(till_->database(), "bench");
    for (int i = 0; i < 2000; ++i) {
      core::Variant variant;
      variant.sku = fmt::format("A-{}", i);
      variant.barcodes = {fmt::format("4000{:09}", i)};
      variant.price = {199 + i % 700, core::eur};
      variant.tax_code = i % 4 ? "reduced" : "standard";
      writer.put({variant.sku, name_of(i), {variant}});
    }
    writer.finish();
    if (!transaction.commit()) std::abort();
    replay_ = std::make_unique<pos::cli::Replay>(*till_, 1);
    sell(sales);
  }
  void sell(int sales) {
    for (int i = 0; i < sales; ++i, ++sold_) {
      pos::cli::Basket basket;
      for (int item = 0; item < 5; ++item)
        basket.push_back(name_of((sold_ * 7 + item * 131) % 2000));
      if (!replay_->ring_up(basket)) std::abort();
    }
  }
  void must(const core::Command& command) {
    if (!till_->handle(command)) std::abort();
  }
  core::Database& database() { return till_->database(); }
  core::Snapshot now() { return till_->snapshot(); }

 private:
  StillClock clock_;
  tests::TempFolder folder_;
  std::unique_ptr<core::Register> till_;
  std::unique_ptr<pos::cli::Replay> replay_;
  int sold_ = 0;
};

void scan() {
  Till till(0);
  twice([&] {
    for (int i = 0; i < 20; ++i) {
      till.must(core::Scan{fmt::format("4000{:09}", i * 97)});
      till.now();
    }
  });
}

void sale() {
  Till till(0);
  twice([&] { till.sell(20); });
}

void search() {
  Till till(0);
  twice([&] {
    const std::string typed = "bergkase sorte 15";
    for (std::size_t end = 1; end <= typed.size(); ++end) {
      core::search(till.database(), typed.substr(0, end), 50);
    }
  });
}

void orders_page() {
  Till till(300);
  twice([&] {
    for (int i = 0; i < 20; ++i) core::order_page(till.database(), {});
  });
}

void journal() {
  Till till(100);
  twice([&] { core::verify_journal(till.database()); });
}

// Twenty lines of the cart change, one after the other: laid out, drawn and painted.
void sell_screen() {
  const auto fonts = pos::ui::Fonts::open();
  if (!fonts) std::abort();
  pos::ui::Pictures pictures;
  pos::ui::Ui ui(**fonts, pictures);
  pos::ui::SoftwareRenderer renderer(1280, 800);
  test::ShopScene shop;
  for (int i = 0; i < 8; ++i) shop.add_line(name_of(i), 199 + i);
  pos::SellInput input;
  twice([&] {
    for (int i = 0; i < 20; ++i) {
      shop.till.order.lines[static_cast<std::size_t>(i % 8)].quantity = core::pieces(i + 2);
      shop.refresh();
      ui.begin({.width = 1280, .height = 800});
      pos::run(ui, shop.scene(), input);
      renderer.draw(ui.end());
    }
  });
}

void slip() {
  drivers::Document slip;
  slip.add(drivers::centred("Feinkost Lindner", drivers::tall));
  for (int i = 0; i < 100; ++i) slip.add(drivers::amount_row(name_of(i), "6,49 A"));
  slip.add(drivers::Barcode{drivers::BarcodeKind::code128, "T1-R000123"});
  slip.add(drivers::Cut{});
  twice([&] { drivers::escpos_bytes(slip, drivers::profile("epson-tm-t20")); });
}

void told_upstream() {
  test::ShopScene shop;
  for (int i = 0; i < 20; ++i) shop.add_line(name_of(i), 199 + i);
  shop.refresh();
  shop.till.order.number = "T1-000001";
  shop.till.order.channel = "online";
  shop.till.order.stage = core::Stage::open;
  twice([&] {
    const std::string told = syncing::to_json(shop.till.order);
    if (const auto read = syncing::order_from_json(told); !read) {
      fmt::print(stderr, "{}\n", syncing::in_words(read.error()));
      std::abort();
    }
  });
}

const std::map<std::string, void (*)()> paths{
    {"scan", scan},       {"sale", sale},
    {"search", search},   {"orders_page", orders_page},
    {"journal", journal}, {"sell_screen", sell_screen},
    {"slip", slip},       {"told_upstream", told_upstream}};

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    for (const auto& [name, walk] : paths) fmt::print("{}\n", name);
    return 0;
  }
  const auto found = paths.find(words[1]);
  if (found == paths.end()) {
    fmt::print(stderr, "error: no path is called {}; hot_paths says their names\n", words[1]);
    return 64;
  }
  found->second();
}
