-- What of a line that came back may leave as a voucher only, whatever is bought for it.
ALTER TABLE order_returns ADD COLUMN bound INTEGER NOT NULL DEFAULT 0;
